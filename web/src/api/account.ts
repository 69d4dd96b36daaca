import { call } from './client';

/** A browser or an application that is signed in. */
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
  readonly id: string;
  readonly kind: string;
  readonly created_at: string;
  readonly address?: string | null;
  readonly device?: string | null;
}

export async function listHistory(signal: AbortSignal): Promise<readonly HistoryEntry[]> {
  return (await call<{ entries: HistoryEntry[] }>('GET', 'me/history', { signal })).entries;
}

/** Everything stored about the person. */
export function exportMe(): Promise<unknown> {
  return call('GET', 'me/export');
}

/** Removes the account and all that belongs to it. */
export function deleteAccount(): Promise<void> {
  return call('DELETE', 'account');
}

export interface Me {
  readonly referral_code?: string | null;
}

export function getMe(signal: AbortSignal): Promise<Me> {
  return call('GET', 'me', { signal });
}
