import { call } from './client';

export interface Invitation {
  readonly email: string;
  /** What it is for; the application's name. */
  readonly application: string;
  /** ISO 8601. */
  readonly expires_at: string;
  /** `sign_up`: nobody has signed up with it yet. */
  readonly kind?: string;
}

/** Whether an invitation is good. Looking doesn't spend it. */
export function findInvitation(token: string, signal: AbortSignal): Promise<Invitation> {
  return call('GET', `invites/${encodeURIComponent(token)}`, { signal });
}

/** Spends it, and the account is confirmed. */
export function confirmAccount(token: string): Promise<void> {
  return call('POST', 'confirm-account', { body: { token } });
}
