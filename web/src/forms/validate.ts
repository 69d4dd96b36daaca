import { digitsOf } from '../auth/code';
import { meetsPolicy } from '../auth/passwordPolicy';
import type { PasswordPolicy } from '../config';
import { t } from '../messages';

// Each answers the text of what is wrong, or undefined. The server has the last word.

export function emailError(value: string): string | undefined {
  const email = value.trim();
  if (email === '') return t('invalid.emailMissing');
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email) ? undefined : t('invalid.email');
}

export function newPasswordError(value: string, policy: PasswordPolicy): string | undefined {
  if (value === '') return t('invalid.newPasswordMissing');
  if (value !== value.trim()) return t('invalid.passwordSpaces');
  return meetsPolicy(value, policy) ? undefined : t('invalid.passwordRules');
}

export function codeError(value: string): string | undefined {
  const digits = digitsOf(value);
  if (digits === '') return t('invalid.codeMissing');
  return digits.length === 6 ? undefined : t('invalid.codeLength');
}

/** Drops the fields that have no error, so that an empty record means: all is well. */
export function errorsOf<F extends string>(all: Readonly<Record<F, string | undefined>>): Partial<Record<F, string>> {
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined)) as Partial<Record<F, string>>;
}
