import { t, type PlainKey } from '../messages';
import type { ApiError } from './client';

// Codes of the account API that this client has words of its own for. Sorted.
const texts: Readonly<Record<string, PlainKey>> = {
  ACCOUNT_DELETION_UNAVAILABLE: 'error.deletionUnavailable',
  CODE_EXPIRED: 'error.codeExpired',
  CODE_MISMATCH: 'error.codeWrong',
  FILE_TYPE_NOT_ACCEPTED: 'invalid.fileType',
  FORBIDDEN: 'error.notAllowed',
  INTERNAL_ERROR: 'error.server',
  NOT_SERVED: 'error.notServed',
  PASSWORD_NOT_ACCEPTABLE: 'error.passwordPolicy',
  SESSION_STORE_UNAVAILABLE: 'error.busy',
  SPONSOR_CODE_REQUIRED: 'invalid.sponsorCodeMissing',
  SPONSOR_CODE_UNKNOWN: 'invalid.sponsorCodeUnknown',
  TERMS_NOT_ACCEPTED: 'invalid.terms',
  TOKEN_EXPIRED: 'error.sessionEnded',
  TOKEN_INVALID: 'error.sessionEnded',
  TOKEN_REVOKED: 'error.sessionEnded',
  TOO_MANY_REQUESTS: 'error.limit',
  UPSTREAM_UNAVAILABLE: 'error.busy',
  USERNAME_TAKEN: 'invalid.usernameTaken',
  USER_DISABLED: 'error.disabled',
  USER_EXISTS: 'error.emailTaken',
};

/** A refusal in the person's words. What this client doesn't know, the server has said in their language. */
export function problemText(error: ApiError): string {
  const key = texts[error.code];
  return key ? t(key) : error.text || t('error.unknown');
}

// The field of the form that a code is about.
const fields: Readonly<Record<string, readonly string[]>> = {
  CODE_EXPIRED: ['code'],
  CODE_MISMATCH: ['code'],
  FILE_TYPE_NOT_ACCEPTED: ['file'],
  INVALID_CREDENTIALS: ['password'],
  PASSWORD_NOT_ACCEPTABLE: ['newPassword', 'password'],
  SPONSOR_CODE_REQUIRED: ['sponsorCode'],
  SPONSOR_CODE_UNKNOWN: ['sponsorCode'],
  TERMS_NOT_ACCEPTED: ['terms'],
  USERNAME_TAKEN: ['username'],
  USER_EXISTS: ['email'],
};

export function problemFields(error: ApiError): readonly string[] {
  return fields[error.code] ?? [];
}

/** `first_name` → `firstName`: fields of a body go by the names they have in forms. */
export function formErrors(error: ApiError): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(error.fields).map(([field, text]) => [field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), text]));
}
