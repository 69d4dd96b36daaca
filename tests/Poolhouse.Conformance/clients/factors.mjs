// Second factors and codes as first factors, by aws-amplify.
import { AdminSetUserMFAPreferenceCommand, SetUserPoolMfaConfigCommand, UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchMFAPreference, getCurrentUser, setUpTOTP, signIn, signOut, updateMFAPreference, verifyTOTPSetup } from 'aws-amplify/auth';
import { adminOf } from './admin.mjs';
import { codeFor, refusal, tell, totpOf, unique } from './story.mjs';

const password = 'Correct-horse-7';
const flows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

await tell(async (facts, { url }) => {
  await totp(facts, url);
  await required(facts, url);
  await emailAsSecond(facts, url);
  await emailAsFirst(facts, url);
});

/** A user who sets an authenticator app up, and is asked for its code from then on. */
async function totp(facts, url) {
  const { username } = await arrive(url, { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } });
  facts.withoutFactor = (await signIn({ username, password })).isSignedIn;
  const details = await setUpTOTP();
  facts.uri = details.getSetupUri('Poolhouse', username).toString();
  facts.wrongSetup = (await refusal(verifyTOTPSetup({ code: '000000' }))).name;
  await verifyTOTPSetup({ code: totpOf(details.sharedSecret) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  facts.preference = await fetchMFAPreference();
  await signOut();

  facts.asked = (await signIn({ username, password })).nextStep.signInStep;
  facts.replay = await refusal(confirmSignIn({ challengeResponse: totpOf(details.sharedSecret) }));
  await signIn({ username, password });
  facts.withFactor = (await confirmSignIn({ challengeResponse: totpOf(details.sharedSecret, 1) })).isSignedIn;
  await signOut();
}

/** A pool in which everybody needs a factor: it is set up within the sign-in. */
async function required(facts, url) {
  const { username } = await arrive(url, { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
  const started = await signIn({ username, password });
  facts.setUpStep = started.nextStep.signInStep;
  const secret = started.nextStep.totpSetupDetails.sharedSecret;
  facts.setUpInSignIn = (await confirmSignIn({ challengeResponse: totpOf(secret) })).isSignedIn;
  await signOut();
}

/** A code by mail after the password. */
async function emailAsSecond(facts, url) {
  const { admin, pool, username, email } = await arrive(url, { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} });
  await admin.call(new AdminSetUserMFAPreferenceCommand({
    UserPoolId: pool.Id, Username: username, EmailMfaSettings: { Enabled: true, PreferredMfa: true },
  }));
  facts.emailAsked = (await signIn({ username, password })).nextStep;
  facts.emailWrong = (await refusal(confirmSignIn({ challengeResponse: '00000000' }))).message;
  facts.emailRight = (await confirmSignIn({ challengeResponse: await codeFor(url, email) })).isSignedIn;
  await signOut();
}

/** No password at all: a code by mail signs in. */
async function emailAsFirst(facts, url) {
  const { admin, pool, username, email } = await arrive(url, null);
  await admin.call(new UpdateUserPoolCommand({
    UserPoolId: pool.Id, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  }));
  const chosen = await signIn({ username, options: { authFlowType: 'USER_AUTH' } });
  facts.choice = chosen.nextStep;
  facts.firstAsked = (await confirmSignIn({ challengeResponse: 'EMAIL_OTP' })).nextStep.signInStep;
  facts.firstRight = (await confirmSignIn({ challengeResponse: await codeFor(url, email) })).isSignedIn;
  facts.firstUser = (await getCurrentUser()).username === username;
  await signOut();
  facts.preferred = (await signIn({ username, options: { authFlowType: 'USER_AUTH', preferredChallenge: 'EMAIL_OTP' } })).nextStep.signInStep;
  facts.preferredRight = (await confirmSignIn({ challengeResponse: await codeFor(url, email, 2) })).isSignedIn;
  await signOut();
}

/** A pool with these factors, its client in Amplify, and a user with a password and a verified address. */
async function arrive(url, factors) {
  const admin = adminOf(url);
  const pool = await admin.pool({});
  if (factors) await admin.call(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.Id, ...factors }));
  const app = await admin.app(pool, { ExplicitAuthFlows: flows });
  const username = unique('ann');
  const email = `${username}@example.com`;
  await admin.user(pool, username, password, { attributes: { email, email_verified: 'true' } });
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.Id, userPoolClientId: app.ClientId, userPoolEndpoint: `${url}/` } } });
  return { admin, pool, username, email };
}
