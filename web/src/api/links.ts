import { call } from './client';

/** An account of another application that is linked to this one. */
export interface Link {
  readonly id: string;
  readonly application: string;
  readonly email: string;
  readonly linked_at: string;
}

export async function listLinks(signal: AbortSignal): Promise<readonly Link[]> {
  return (await call<{ links: Link[] }>('GET', 'links', { signal })).links;
}

/** Links at once, by the other account's password. */
export function linkByPassword(application: string, email: string, password: string): Promise<void> {
  return call('POST', 'links', { body: { application, email, password } });
}

/** Mails a code to the other account; answers what it is entered for. */
export async function linkByCode(application: string, email: string): Promise<string> {
  return (await call<{ id: string }>('POST', 'links', { body: { application, email } })).id;
}

export function verifyLink(id: string, code: string): Promise<void> {
  return call('POST', 'links/verify', { body: { id, code } });
}

export function removeLink(id: string): Promise<void> {
  return call('DELETE', `links/${encodeURIComponent(id)}`);
}
