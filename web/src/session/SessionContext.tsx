import { fetchAuthSession, type AuthTokens } from 'aws-amplify/auth';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { isSessionEnd } from '../auth/errors';
import { forgetPassword } from '../auth/pending';
import { readUnconfirmed, unconfirmedKey, writeUnconfirmed } from '../auth/unconfirmed';
import { loading, type Session } from './session';

interface SessionApi {
  readonly session: Session;
  /** Reads the state again, after anything that may have changed it. `force` asks the server for new tokens. */
  refresh(options?: { force?: boolean; left?: boolean }): Promise<Session>;
  /** Remembers on this device who has yet to confirm; null forgets. */
  setUnconfirmed(email: string | null): void;
  /** True, with the state read again, when a failure means that the session is over. */
  endedBy(error: unknown): Promise<boolean>;
}

const SessionContext = createContext<SessionApi | null>(null);

/** Null: the tokens need renewing and the server doesn't answer, so we don't know. */
async function read(force: boolean): Promise<Session | null> {
  let tokens: AuthTokens | undefined;
  try {
    tokens = (await fetchAuthSession({ forceRefresh: force })).tokens;
  } catch (error) {
    if (!isSessionEnd(error)) return null;
  }
  if (tokens) {
    const claims = tokens.idToken?.payload ?? {};
    const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null);
    const username = String(tokens.accessToken.payload['username'] ?? tokens.accessToken.payload.sub ?? '');
    writeUnconfirmed(null);
    forgetPassword();
    return {
      state: 'signedIn',
      username,
      email: text('email') ?? username,
      name: text('name') ?? text('preferred_username') ?? text('given_name'),
    };
  }
  const email = readUnconfirmed();
  return email ? { state: 'unconfirmed', email } : { state: 'none', left: false };
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>(loading);
  const latest = useRef(0);
  // What holds while the server doesn't answer.
  const known = useRef<Session>({ state: 'none', left: false });

  const refresh = useCallback<SessionApi['refresh']>(async ({ force = false, left = false } = {}) => {
    const turn = ++latest.current;
    const found = await read(force);
    const next: Session = found?.state === 'none' ? { state: 'none', left } : found ?? known.current;
    // An older reading must not overwrite a newer one.
    if (turn === latest.current) {
      known.current = next;
      setSession(next);
    }
    return next;
  }, []);

  const setUnconfirmed = useCallback((email: string | null) => {
    writeUnconfirmed(email);
    setSession((now) =>
      now.state === 'signedIn' ? now : email ? { state: 'unconfirmed', email } : { state: 'none', left: false });
  }, []);

  const endedBy = useCallback(async (error: unknown) => {
    if (!isSessionEnd(error)) return false;
    // Fresh tokens decide: a revoked session can't get any, and Amplify then drops the old ones.
    return (await refresh({ force: true })).state !== 'signedIn';
  }, [refresh]);

  useEffect(() => {
    void refresh();
    // Another tab signed in or out; null is "everything was cleared".
    const onStorage = (event: StorageEvent) => {
      const key = event.key;
      if (key === null || key === unconfirmedKey || key.startsWith('CognitoIdentityServiceProvider.')) void refresh();
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, [refresh]);

  const api = useMemo(() => ({ session, refresh, setUnconfirmed, endedBy }), [session, refresh, setUnconfirmed, endedBy]);
  return <SessionContext value={api}>{children}</SessionContext>;
}

export function useSession(): SessionApi {
  const api = useContext(SessionContext);
  if (!api) throw new Error('useSession outside SessionProvider');
  return api;
}
