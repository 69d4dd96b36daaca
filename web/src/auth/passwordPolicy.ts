import type { PasswordPolicy } from '../config';

export type PasswordRule = 'length' | 'uppercase' | 'lowercase' | 'number' | 'symbol';

export interface RuleState {
  readonly rule: PasswordRule;
  readonly met: boolean;
}

// Cognito developer guide, "Password policies": these, and a space that is neither first nor last.
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** The rules a pool has, in the order they are shown, and whether a password meets each. */
export function checkPassword(password: string, policy: PasswordPolicy): readonly RuleState[] {
  const all: readonly [PasswordRule, boolean, boolean][] = [
    ['length', true, password.length >= policy.minimumLength],
    ['uppercase', policy.requireUppercase, /[A-Z]/.test(password)],
    ['lowercase', policy.requireLowercase, /[a-z]/.test(password)],
    ['number', policy.requireNumbers, /[0-9]/.test(password)],
    ['symbol', policy.requireSymbols, symbol.test(password.trim())],
  ];
  return all.filter(([, required]) => required).map(([rule, , met]) => ({ rule, met }));
}

export function meetsPolicy(password: string, policy: PasswordPolicy): boolean {
  return checkPassword(password, policy).every((state) => state.met);
}
