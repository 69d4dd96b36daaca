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

/** Signs up with what an application asks for besides address and password. A code is mailed. */
export function register(registration: Registration): Promise<void> {
  return call('POST', 'auth/register', { body: { ...registration, locale: currentLanguage() } });
}

/** Whether a user name is free. Nothing is reserved by asking. */
export async function isUsernameFree(username: string, signal: AbortSignal): Promise<boolean> {
  const { available } = await call<{ available: boolean }>('GET', `usernames/${encodeURIComponent(username)}`, { signal });
  return available;
}
