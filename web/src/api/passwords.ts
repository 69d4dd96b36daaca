import { call } from './client';

/** A rule of the application's; `detail` says it in words. */
export interface JudgedRule {
  readonly code: string;
  readonly satisfied: boolean;
  readonly detail: string;
}

export interface PasswordJudgement {
  readonly acceptable: boolean;
  /** 0–4. */
  readonly score: number;
  readonly breached: boolean;
  readonly rules: readonly JudgedRule[];
}

/** What the server thinks of a password before it is chosen. */
export function judgePassword(password: string, email: string | null, signal: AbortSignal): Promise<PasswordJudgement> {
  return call('POST', 'auth/password-check', { body: { password, ...(email ? { email } : {}) }, signal });
}
