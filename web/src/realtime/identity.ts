import { fetchAuthSession } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { Outgoing } from './connection';

// Who has confirmed in this page and not been announced yet.
let signedUp: string | null = null;

/** The next sign-in of this address is told as the sign-up that it completes. */
export function announceSignUp(email: string): void {
  signedUp = email.toLowerCase();
}

/** Who is here, with all tokens, as the server wants to see them. Null: nobody is signed in. */
export async function greeting(): Promise<Outgoing | null> {
  const who = await identify();
  if (who === null) return null;
  const { email, accessToken, idToken, refreshToken } = who;
  if (email.toLowerCase() !== signedUp) return { action: 'user-login', message: { email, accessToken, idToken, refreshToken } };
  signedUp = null;
  return { action: 'user-signup', message: { ...who } };
}

export async function farewell(): Promise<Outgoing | null> {
  const who = await identify();
  if (who === null) return null;
  const { email, accessToken, idToken, refreshToken } = who;
  return { action: 'user-logout', message: { email, accessToken, idToken, refreshToken } };
}

async function identify() {
  const { tokens } = await fetchAuthSession();
  // `fetchAuthSession` renews but doesn't show the refresh token; Amplify's own store does.
  const stored = await cognitoUserPoolsTokenProvider.authTokenStore.loadTokens();
  if (!tokens?.idToken || !stored?.refreshToken) return null;
  const claim = (name: string) => {
    const value = tokens.idToken?.payload[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    cogId: claim('sub'),
    // The pool knows people by their address; a name they chose, the account API has from their registration.
    username: claim('email'),
    email: claim('email'),
    accessToken: tokens.accessToken.toString(),
    idToken: tokens.idToken.toString(),
    refreshToken: stored.refreshToken,
  };
}
