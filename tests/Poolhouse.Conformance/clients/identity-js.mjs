// amazon-cognito-identity-js, which applications from before aws-amplify v6 still carry.
import identity from 'amazon-cognito-identity-js';
import { adminOf } from './admin.mjs';
import { codeFor, refusal, tell, unique } from './story.mjs';

const { AuthenticationDetails, CognitoRefreshToken, CognitoUser, CognitoUserAttribute, CognitoUserPool } = identity;

/** The one call of a user that takes several kinds of answers. */
function signIn(user, Password, newPassword) {
  return new Promise((resolve, reject) => {
    const answer = {
      onSuccess: (session) => resolve({ session, newPasswordRequired: answer.asked ?? null }),
      onFailure: reject,
      newPasswordRequired: (attributes, required) => {
        answer.asked = { attributes, required };
        user.completeNewPasswordChallenge(newPassword, {}, answer);
      },
    };
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), answer);
  });
}

/** Methods that end in callbacks, as promises. */
const node = (call) => new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
const pair = (call) => new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));

await tell(async (facts, { url }) => {
  const admin = adminOf(url);
  const pool = await admin.pool({ AutoVerifiedAttributes: ['email'] });
  const app = await admin.app(pool, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  const userPool = new CognitoUserPool({ UserPoolId: pool.Id, ClientId: app.ClientId, endpoint: url });
  const userOf = (Username) => new CognitoUser({ Username, Pool: userPool });

  const name = unique('ann');
  const email = `${name}@example.com`;
  const made = await node((done) => userPool.signUp(name, 'Correct-horse-7', [new CognitoUserAttribute({ Name: 'email', Value: email })], [], done));
  facts.confirmedAtOnce = made.userConfirmed;
  facts.confirmation = await node((done) => userOf(name).confirmRegistration(undefined, true, done)).catch((error) => error.name);
  await node(async (done) => userOf(name).confirmRegistration(await codeFor(url, email), true, done));
  const user = userOf(name);
  const { session } = await signIn(user, 'Correct-horse-7');
  facts.signedIn = session.isValid();
  facts.claims = session.getIdToken().payload;
  facts.wrongPassword = await refusal(signIn(userOf(name), 'Wrong-horse-7'));
  facts.attributes = Object.fromEntries((await node((done) => user.getUserAttributes(done))).map((a) => [a.getName(), a.getValue()]));

  const token = new CognitoRefreshToken({ RefreshToken: session.getRefreshToken().getToken() });
  const refreshed = await node((done) => user.refreshSession(token, done));
  facts.refreshed = refreshed.isValid() && refreshed.getAccessToken().getJwtToken() !== session.getAccessToken().getJwtToken();
  facts.refreshKeepsEvent = refreshed.getAccessToken().payload.event_id === session.getAccessToken().payload.event_id;

  facts.changePassword = await node((done) => user.changePassword('Correct-horse-7', 'Correct-horse-8', done));
  facts.oldPassword = await refusal(signIn(userOf(name), 'Correct-horse-7'));
  facts.newPassword = (await signIn(userOf(name), 'Correct-horse-8')).session.isValid();

  facts.forgotDelivery = (await pair((answer) => userOf(name).forgotPassword(answer))).CodeDeliveryDetails;
  const code = await codeFor(url, email, 2);
  await pair((answer) => userOf(name).confirmPassword(code, 'Correct-horse-9', answer));
  facts.resetPassword = (await signIn(user, 'Correct-horse-9')).session.isValid();

  facts.globalSignOut = await pair((answer) => user.globalSignOut(answer));
  facts.afterGlobalSignOut = await refusal(node((done) => user.refreshSession(token, done)));

  const invited = unique('bob');
  await admin.user(pool, invited, 'Temporary-1', { temporary: true, attributes: { email: `${invited}@example.com`, email_verified: 'true' } });
  const first = await signIn(userOf(invited), 'Temporary-1', 'Correct-horse-7');
  facts.invited = { asked: first.newPasswordRequired, valid: first.session.isValid() };
  facts.invitedAgain = (await signIn(userOf(invited), 'Correct-horse-7')).newPasswordRequired;
});
