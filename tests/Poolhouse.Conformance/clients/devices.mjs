// Remembered devices, by aws-amplify and by amazon-cognito-identity-js: what they keep of a device, prove by it, and do without it.
import { AdminForgetDeviceCommand, AdminListDevicesCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import identity from 'amazon-cognito-identity-js';
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn, fetchAuthSession, fetchDevices, forgetDevice, rememberDevice, setUpTOTP, signIn, signOut, updateMFAPreference, verifyTOTPSetup,
} from 'aws-amplify/auth';
import { adminOf } from './admin.mjs';
import { tell, totpOf, unique } from './story.mjs';

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = identity;
const password = 'Correct-horse-7';
const flows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

// aws-amplify names a device after the browser, and registers none where it finds no name (Node.js before 21).
globalThis.navigator ??= { userAgent: 'Node.js' };

/** The challenges that are answered from here on, as both libraries send them. */
const answered = [];
const send = globalThis.fetch;
globalThis.fetch = (url, options) => {
  const body = typeof options?.body === 'string' ? options.body : '';
  if (body.includes('"ChallengeName"')) answered.push(JSON.parse(body).ChallengeName);
  return send(url, options);
};
const challenges = () => answered.splice(0);

await tell(async (facts, { url }) => {
  await amplify(facts, url);
  await identityJs(facts, url);
});

async function amplify(facts, url) {
  const admin = adminOf(url);
  const pool = await admin.pool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } });
  await admin.call(new SetUserPoolMfaConfigCommand({
    UserPoolId: pool.Id, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true },
  }));
  const app = await admin.app(pool, { ExplicitAuthFlows: flows });
  const username = unique('ann');
  await admin.user(pool, username, password, { attributes: { email: `${username}@example.com` } });
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.Id, userPoolClientId: app.ClientId, userPoolEndpoint: `${url}/` } } });

  facts.firstSignIn = (await signIn({ username, password })).isSignedIn;
  const secret = (await setUpTOTP()).sharedSecret;
  await verifyTOTPSetup({ code: totpOf(secret) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  facts.beforeRemembering = (await fetchDevices()).length;
  await rememberDevice();
  facts.remembered = await fetchDevices();
  facts.firstDevice = await deviceKey();
  await signOut();

  challenges();
  facts.secondSignIn = (await signIn({ username, password })).isSignedIn;
  facts.secondChallenges = challenges();
  facts.secondDevice = await deviceKey();
  facts.refreshed = (await fetchAuthSession({ forceRefresh: true })).tokens.accessToken.payload.device_key;
  await signOut();
  facts.passwordSignIn = (await signIn({ username, password, options: { authFlowType: 'USER_PASSWORD_AUTH' } })).isSignedIn;
  facts.passwordChallenges = challenges().slice(-2);
  await forgetDevice();
  facts.afterForgetting = (await fetchDevices()).length;
  await signOut();

  facts.signInAfterForgetting = (await signIn({ username, password })).nextStep.signInStep;
  facts.withCode = (await confirmSignIn({ challengeResponse: totpOf(secret, 1) })).isSignedIn;
  await rememberDevice();
  const left = await deviceKey();
  await signOut();
  await admin.call(new AdminForgetDeviceCommand({ UserPoolId: pool.Id, Username: username, DeviceKey: left }));
  facts.signInWithForgotten = (await signIn({ username, password })).nextStep.signInStep;
}

async function identityJs(facts, url) {
  const admin = adminOf(url);
  const pool = await admin.pool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } });
  const app = await admin.app(pool, { ExplicitAuthFlows: flows });
  const name = unique('bob');
  await admin.user(pool, name, password, { attributes: { email: `${name}@example.com` } });
  const userPool = new CognitoUserPool({ UserPoolId: pool.Id, ClientId: app.ClientId, endpoint: url });
  const user = () => new CognitoUser({ Username: name, Pool: userPool });
  const enter = (who) => new Promise((resolve, reject) => who.authenticateUser(
    new AuthenticationDetails({ Username: name, Password: password }),
    { onSuccess: (session, asks) => resolve({ session, asks: asks ?? false }), onFailure: reject },
  ));
  const pair = (call) => new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));
  const keyOf = (session) => session.getAccessToken().payload.device_key;

  challenges();
  const first = await enter(user());
  facts.oldAsksUser = first.asks;
  const again = user();
  challenges();
  const second = await enter(again);
  facts.oldChallenges = challenges();
  facts.oldSameDevice = keyOf(first.session) === keyOf(second.session);
  facts.oldList = (await pair((answer) => again.listDevices(10, null, answer))).Devices.map((device) => device.DeviceKey);
  facts.oldKey = keyOf(second.session);
  const fresh = await new Promise((resolve, reject) =>
    again.refreshSession(second.session.getRefreshToken(), (error, session) => (error ? reject(error) : resolve(session))));
  facts.oldRefreshed = fresh.isValid();
  facts.oldGet = (await pair((answer) => again.getDevice(answer))).Device.DeviceKey;
  await pair((answer) => again.setDeviceStatusNotRemembered(answer));
  challenges();
  facts.oldNotRemembered = keyOf((await enter(user())).session);
  facts.oldNotRememberedChallenges = challenges();

  await admin.call(new AdminForgetDeviceCommand({ UserPoolId: pool.Id, Username: name, DeviceKey: facts.oldKey }));
  const last = await enter(user());
  facts.oldNewDevice = keyOf(last.session) !== facts.oldKey;
  const { Devices } = await admin.call(new AdminListDevicesCommand({ UserPoolId: pool.Id, Username: name }));
  facts.oldRegisteredAnew = Devices.map((device) => device.DeviceKey).join() === keyOf(last.session);
}

async function deviceKey() {
  return (await fetchAuthSession()).tokens.accessToken.payload.device_key;
}
