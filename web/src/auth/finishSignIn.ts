import { autoSignIn, signIn } from 'aws-amplify/auth';
import { announceSignUp } from '../realtime/identity';
import { takePassword } from './pending';

/**
 * After a confirmation: a session without typing the password again, where that can be had. First with
 * the session that ConfirmSignUp gave Amplify, then with the password this page still holds.
 * False: the person has to sign in.
 */
export async function finishSignIn(email: string, amplifyCan: boolean): Promise<boolean> {
  announceSignUp(email);
  const password = takePassword(email);
  if (amplifyCan) {
    const signedIn = await autoSignIn().then((output) => output.isSignedIn, () => false);
    if (signedIn) return true;
  }
  if (password === null) return false;
  return signIn({ username: email, password }).then((output) => output.isSignedIn, () => false);
}
