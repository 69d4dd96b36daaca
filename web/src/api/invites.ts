import { ApiError, call } from './client';

export interface Invitation {
  readonly email: string;
  /** What people call the application. */
  readonly title: string;
  /** ISO 8601. */
  readonly expires_at: string;
  /** `account`: it lets somebody sign up. `confirmation`: it confirms who has. */
  readonly kind: string;
}

/** Whether an invitation is good. Looking doesn't spend it. */
export async function findInvitation(token: string, signal: AbortSignal): Promise<Invitation> {
  // Without one the address would be that of all invitations.
  if (token === '') throw new ApiError(400, 'INVITE_INVALID', '');
  return call('GET', `invites/${encodeURIComponent(token)}`, { signal });
}

/** Spends it, and the account is confirmed. */
export function confirmAccount(token: string): Promise<void> {
  return call('POST', 'confirm-account', { body: { token } });
}
