import { call } from './client';

export interface PasswordJudgement {
  readonly acceptable: boolean;
  /** 0–4. */
  readonly score: number;
  readonly breached: boolean;
}

/** What the server thinks of a password before it is chosen. */
export function judgePassword(password: string, email: string | null, signal: AbortSignal): Promise<PasswordJudgement> {
  return call('POST', 'auth/password-check', { body: { password, ...(email ? { email } : {}) }, signal });
}
