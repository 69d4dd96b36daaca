import { call } from './client';

/** An account of another application that is linked to this one. */
export interface Link {
  readonly id: string;
  /** What people call the application. */
  readonly title: string;
  /** The other account's user name, or its address, masked. */
  readonly name?: string | null;
  readonly linked_at: string;
}

export async function listLinks(signal: AbortSignal): Promise<readonly Link[]> {
  return (await call<{ links: Link[] }>('GET', 'links', { signal })).links;
}

/**
 * Links at once, by the other account's password: null. Without one, or with a wrong one, a code is mailed to that
 * account where there is one; the answer is what the code is entered for.
 */
export async function createLink(application: string, email: string, password?: string): Promise<string | null> {
  const body = { application, email, ...(password === undefined ? {} : { password }) };
  return (await call<{ link_id?: string }>('POST', 'links', { body })).link_id ?? null;
}

export function verifyLink(linkId: string, code: string): Promise<void> {
  return call('POST', 'links/verify', { body: { link_id: linkId, code } });
}

export function removeLink(id: string): Promise<void> {
  return call('DELETE', `links/${encodeURIComponent(id)}`);
}
