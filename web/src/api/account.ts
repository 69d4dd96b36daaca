import { call } from './client';

/** A browser that an application keeps signed in with a cookie. */
export interface DeviceSession {
  readonly id: string;
  readonly device: string;
  readonly address?: string | null;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly current: boolean;
}

export async function listSessions(signal: AbortSignal): Promise<readonly DeviceSession[]> {
  return (await call<{ sessions: DeviceSession[] }>('GET', 'sessions', { signal })).sessions;
}

export function endSession(id: string): Promise<void> {
  return call('DELETE', `sessions/${encodeURIComponent(id)}`);
}

export function endOtherSessions(): Promise<void> {
  return call('DELETE', 'sessions');
}

export interface HistoryEntry {
  /** Such as `signed_in`, or dotted, of the account API's own log: `link.created`. */
  readonly kind: string;
  readonly at: string;
  readonly address?: string | null;
  readonly device?: string | null;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Where the next page begins; none on the last one. */
  readonly next?: string | null;
}

/** The newest first. */
export function listHistory(signal?: AbortSignal, before?: string): Promise<HistoryPage> {
  return call('GET', before === undefined ? 'me/history' : `me/history?before=${encodeURIComponent(before)}`, signal ? { signal } : {});
}

/** Everything stored about the person. */
export function exportMe(): Promise<unknown> {
  return call('GET', 'me/export');
}

/** Removes the account and all that belongs to it. */
export function deleteAccount(): Promise<void> {
  return call('DELETE', 'account');
}
