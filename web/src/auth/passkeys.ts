import {
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  signIn,
  type AuthWebAuthnCredential,
  type SignInOutput,
} from 'aws-amplify/auth';
import { formatDate } from '../messages/format';

/** A passkey as the account page shows it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly made: string;
}

/** All passkeys of who is signed in, page by page; the oldest first. */
export async function listPasskeys(): Promise<readonly Passkey[]> {
  const passkeys: Passkey[] = [];
  let nextToken: string | undefined;
  do {
    const page = await listWebAuthnCredentials(nextToken === undefined ? {} : { nextToken });
    passkeys.push(...page.credentials.flatMap(describe));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return passkeys;
}

export async function removePasskey(id: string): Promise<void> {
  await deleteWebAuthnCredential({ credentialId: id });
}

/** Signs in with a passkey. Null: this address has none, or nobody has this address; which, the server does not say. */
export async function signInWithPasskey(email: string): Promise<SignInOutput | null> {
  const answer = await signIn({ username: email, options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } });
  return answer.nextStep.signInStep === 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION' ? null : answer;
}

function describe(credential: AuthWebAuthnCredential): Passkey[] {
  const { credentialId, friendlyCredentialName, createdAt } = credential;
  if (credentialId === undefined) return [];
  const made = createdAt === undefined ? '' : formatDate(createdAt);
  return [{ id: credentialId, name: friendlyCredentialName ?? '', made }];
}
