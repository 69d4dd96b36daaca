// One person's life with aws-amplify, from sign-up to the deletion of the account.
import { Amplify } from 'aws-amplify';
import {
  autoSignIn, confirmResetPassword, confirmSignIn, confirmSignUp, deleteUser, fetchAuthSession, fetchUserAttributes, getCurrentUser,
  resendSignUpCode, resetPassword, signIn, signOut, signUp, updatePassword, updateUserAttributes,
} from 'aws-amplify/auth';
import { codeFor, refusal, tell, unique } from './story.mjs';

await tell(async (facts, { url, pool, client }) => {
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool, userPoolClientId: client, userPoolEndpoint: `${url}/` } } });
  const username = `${unique('amplify')}@example.com`;
  facts.username = username;
  const password = 'Correct-horse-7';

  // Somebody else first: a sign-in or a refused sign-up ends the wait for an automatic sign-in.
  const early = { username: `${unique('early')}@example.com`, password };
  await signUp({ ...early, options: { userAttributes: { email: early.username } } });
  facts.unconfirmedSignIn = (await signIn(early)).nextStep.signInStep;
  facts.secondSignUp = await refusal(signUp({ ...early, options: { userAttributes: { email: early.username } } }));

  const made = await signUp({
    username,
    password,
    options: { userAttributes: { email: username, name: 'Ann' }, autoSignIn: { authFlowType: 'USER_AUTH' } },
  });
  facts.signUpStep = made.nextStep.signUpStep;
  facts.signUpDelivery = made.nextStep.codeDeliveryDetails;
  const firstCode = await codeFor(url, username);
  facts.wrongCode = await refusal(confirmSignUp({ username, confirmationCode: firstCode === '000000' ? '000001' : '000000' }));
  await resendSignUpCode({ username });
  const confirmed = await confirmSignUp({ username, confirmationCode: await codeFor(url, username, 2) });
  facts.confirmStep = confirmed.nextStep.signUpStep;
  facts.autoSignIn = (await autoSignIn()).isSignedIn;

  const session = await fetchAuthSession();
  facts.idClaims = session.tokens.idToken.payload;
  facts.accessClaims = session.tokens.accessToken.payload;
  facts.currentUser = await getCurrentUser();

  facts.attributeUpdate = await updateUserAttributes({ userAttributes: { name: 'Ann Other', locale: 'de' } });
  facts.attributes = await fetchUserAttributes();
  facts.wrongOldPassword = await refusal(updatePassword({ oldPassword: 'Wrong-horse-7', newPassword: 'Correct-horse-8' }));
  facts.weakPassword = await refusal(updatePassword({ oldPassword: password, newPassword: 'short' }));
  await updatePassword({ oldPassword: password, newPassword: 'Correct-horse-8' });

  const refreshed = await fetchAuthSession({ forceRefresh: true });
  facts.refreshedName = refreshed.tokens.idToken.payload.name;
  facts.refreshedAnew = refreshed.tokens.accessToken.toString() !== session.tokens.accessToken.toString();
  facts.refreshKeepsOrigin = refreshed.tokens.accessToken.payload.origin_jti === session.tokens.accessToken.payload.origin_jti;

  const signedOutToken = refreshed.tokens.accessToken.toString();
  await signOut();
  facts.afterSignOut = (await fetchAuthSession()).tokens ?? null;
  facts.signedOut = facts.afterSignOut === null;
  facts.tokenAfterSignOut = await getUser(url, signedOutToken);

  facts.wrongPassword = await refusal(signIn({ username, password }));
  facts.srpSignIn = (await signIn({ username, password: 'Correct-horse-8', options: { authFlowType: 'USER_SRP_AUTH' } })).isSignedIn;
  await signOut();
  facts.passwordSignIn = (await signIn({ username, password: 'Correct-horse-8', options: { authFlowType: 'USER_PASSWORD_AUTH' } })).isSignedIn;
  await signOut();
  const choice = await signIn({ username, options: { authFlowType: 'USER_AUTH' } });
  facts.choices = choice.nextStep;
  const chosen = await confirmSignIn({ challengeResponse: 'PASSWORD' });
  facts.chosenStep = chosen.nextStep.signInStep;
  facts.choiceSignIn = (await confirmSignIn({ challengeResponse: 'Correct-horse-8' })).isSignedIn;
  await signOut();
  facts.srpChoiceSignIn = (await signIn({
    username, password: 'Correct-horse-8', options: { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
  })).isSignedIn;
  await signOut();

  const reset = await resetPassword({ username });
  facts.resetStep = reset.nextStep;
  const confirmationCode = await codeFor(url, username, 3);
  facts.weakReset = await refusal(confirmResetPassword({ username, confirmationCode, newPassword: 'nouppercase-1' }));
  await confirmResetPassword({ username, confirmationCode, newPassword: 'Correct-horse-9' });
  facts.spentCode = await refusal(confirmResetPassword({ username, confirmationCode, newPassword: 'Correct-horse-10' }));
  facts.signInAfterReset = (await signIn({ username, password: 'Correct-horse-9' })).isSignedIn;

  const here = (await fetchAuthSession()).tokens.accessToken.toString();
  facts.tokenBefore = await getUser(url, here);
  await signOut({ global: true });
  facts.tokenAfterGlobalSignOut = await getUser(url, here);

  await signIn({ username, password: 'Correct-horse-9' });
  const deleted = (await fetchAuthSession()).tokens.accessToken.toString();
  await deleteUser();
  facts.tokenOfDeleted = await getUser(url, deleted);
  facts.signInOfDeleted = await refusal(signIn({ username, password: 'Correct-horse-9' }));
});

/** What the server says to a token, past what the library keeps. */
async function getUser(url, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' },
    body: JSON.stringify({ AccessToken: token }),
  });
  const body = await response.json();
  return { status: response.status, name: body.__type ?? null, message: body.message ?? null };
}
