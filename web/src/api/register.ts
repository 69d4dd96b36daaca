import { currentLanguage } from '../messages';
import { call } from './client';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly accept_terms: boolean;
  readonly username?: string;
  readonly sponsor_code?: string;
  readonly invite_token?: string;
}

/** What is left to do: enter the code that was mailed, follow the link that was, or sign in. */
export type AfterRegistration = 'code' | 'link' | 'signIn';

// The API's own words, which don't change.
const after: Readonly<Record<string, AfterRegistration>> = {
  'Confirmation link sent': 'link',
  'OTP sent': 'code',
  // An invitation went to this very address, so it is proven.
  'Signup complete': 'signIn',
};

/** Signs up with what an application asks for besides address and password. */
export async function register(registration: Registration): Promise<AfterRegistration> {
  const body = { ...registration, locale: currentLanguage() };
  const { message } = await call<{ message: string }>('POST', 'auth/register', { body });
  return after[message] ?? 'code';
}

/** Whether a user name is free. Nothing is reserved by asking. */
export async function isUsernameFree(username: string, signal: AbortSignal): Promise<boolean> {
  const { available } = await call<{ available: boolean }>('GET', `usernames/${encodeURIComponent(username)}`, { signal });
  return available;
}
