import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signOut } from 'aws-amplify/auth';
import { leaving } from '../realtime/live';

/**
 * Ends every session of the person, and then this one.
 *
 * Amplify's `signOut({ global: true })` swallows a failure and uses the access token even when it has
 * expired: it would say "signed out everywhere" while other devices stay signed in. So GlobalSignOut is
 * called here with a fresh token, and its failure is thrown.
 */
export async function signOutEverywhere(): Promise<void> {
  await leaving(async () => {
    const { tokens } = await fetchAuthSession();
    if (tokens) await globalSignOut(tokens.accessToken.toString());
    await signOut();
  });
}

async function globalSignOut(accessToken: string): Promise<void> {
  const response = await fetch(endpoint(), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  });
  if (response.ok) return;

  const body = (await response.json().catch(() => ({}))) as { __type?: string; message?: string };
  const error = new Error(body.message ?? '');
  error.name = body.__type?.split('#').at(-1) ?? 'InternalErrorException';
  throw error;
}

function endpoint(): string {
  const pool = Amplify.getConfig().Auth!.Cognito;
  const region = pool.userPoolId?.split('_')[0];
  return pool.userPoolEndpoint ?? `https://cognito-idp.${region}.amazonaws.com/`;
}
