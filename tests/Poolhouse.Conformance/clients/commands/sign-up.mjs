// Signing up, confirming, and forgotten passwords.
import { common, password, signIn, start, user } from './scenes.mjs';
import { assert, code, idp, refused, unique, wrongCode } from './world.mjs';

const next = 'Other-horse-8';
const noSuch = ['UserNotFoundException', 'Username/client id combination not found.'];

/** Somebody who has signed up and not confirmed. */
async function newcomer(of) {
  const Username = unique('new');
  const email = `${Username}@example.com`;
  const made = await idp.SignUp({ ClientId: of.ClientId, Username, Password: password, UserAttributes: [{ Name: 'email', Value: email }] });
  return { Username, email, made, ClientId: of.ClientId };
}

const statusOf = async (of, Username) => (await idp.AdminGetUser({ UserPoolId: of.Id, Username })).UserStatus;

export default {
  SignUp: {
    async good() {
      const of = await common();
      const ann = await newcomer(of);
      assert.equal(ann.made.UserConfirmed, false);
      assert.match(ann.made.UserSub, /^[0-9a-f-]{36}$/);
      assert.deepEqual(ann.made.CodeDeliveryDetails, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' });
      assert.equal(await statusOf(of, ann.Username), 'UNCONFIRMED');
      await refused(start(of, ann.Username), 'UserNotConfirmedException', 'User is not confirmed.');
    },
    async bad() {
      const { ClientId } = await common();
      const { Username } = await newcomer({ ClientId });
      await refused(idp.SignUp({ ClientId, Username, Password: password }), 'UsernameExistsException', 'User already exists');
      await refused(
        idp.SignUp({ ClientId, Username: unique('weak'), Password: 'Short-1' }), 'InvalidPasswordException',
        'Password did not conform with policy: Password not long enough');
    },
  },
  ConfirmSignUp: {
    async good() {
      const of = await common();
      const ann = await newcomer(of);
      await idp.ConfirmSignUp({ ClientId: of.ClientId, Username: ann.Username, ConfirmationCode: await code(ann.email) });
      assert.equal(await statusOf(of, ann.Username), 'CONFIRMED');
      assert.ok((await signIn(of, ann.Username)).AccessToken);
    },
    async bad() {
      const { ClientId } = await common();
      const { Username, email } = await newcomer({ ClientId });
      const right = await code(email);
      await refused(
        idp.ConfirmSignUp({ ClientId, Username, ConfirmationCode: wrongCode(right) }), 'CodeMismatchException',
        'Invalid verification code provided, please try again.');
      await idp.ConfirmSignUp({ ClientId, Username, ConfirmationCode: right });
      await refused(
        idp.ConfirmSignUp({ ClientId, Username, ConfirmationCode: right }), 'NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
      await refused(idp.ConfirmSignUp({ ClientId, Username: 'nobody', ConfirmationCode: right }), ...noSuch);
    },
  },
  ResendConfirmationCode: {
    async good() {
      const of = await common();
      const { Username, email } = await newcomer(of);
      await code(email);
      const { CodeDeliveryDetails } = await idp.ResendConfirmationCode({ ClientId: of.ClientId, Username });
      assert.equal(CodeDeliveryDetails.DeliveryMedium, 'EMAIL');
      await idp.ConfirmSignUp({ ClientId: of.ClientId, Username, ConfirmationCode: await code(email, 2) });
      assert.equal(await statusOf(of, Username), 'CONFIRMED');
    },
    async bad() {
      const of = await common();
      const ann = await user(of);
      await refused(idp.ResendConfirmationCode({ ClientId: of.ClientId, Username: ann.name }), 'InvalidParameterException', 'User is already confirmed.');
      await refused(idp.ResendConfirmationCode({ ClientId: of.ClientId, Username: 'nobody' }), ...noSuch);
    },
  },
  AdminConfirmSignUp: {
    async good() {
      const of = await common();
      const { Username } = await newcomer(of);
      await idp.AdminConfirmSignUp({ UserPoolId: of.Id, Username });
      assert.equal(await statusOf(of, Username), 'CONFIRMED');
      assert.ok((await signIn(of, Username)).AccessToken);
    },
    async bad() {
      const of = await common();
      const ann = await user(of);
      await refused(
        idp.AdminConfirmSignUp({ UserPoolId: of.Id, Username: ann.name }), 'NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
      await refused(idp.AdminConfirmSignUp({ UserPoolId: of.Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
  ForgotPassword: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const { CodeDeliveryDetails } = await idp.ForgotPassword({ ClientId: of.ClientId, Username: ann.name });
      assert.deepEqual(CodeDeliveryDetails, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'u***@e***' });
      await idp.ConfirmForgotPassword({ ClientId: of.ClientId, Username: ann.name, Password: next, ConfirmationCode: await code(ann.email) });
      assert.ok((await signIn(of, ann.name, next)).AccessToken);
    },
    async bad() {
      const of = await common();
      await refused(idp.ForgotPassword({ ClientId: of.ClientId, Username: 'nobody' }), ...noSuch);
      const bare = await user(of, { email_verified: 'false' });
      await refused(
        idp.ForgotPassword({ ClientId: of.ClientId, Username: bare.name }), 'InvalidParameterException',
        'Cannot reset password for the user as there is no registered/verified email or phone_number');
    },
  },
  ConfirmForgotPassword: {
    async good() {
      const of = await common();
      const ann = await user(of);
      await idp.ForgotPassword({ ClientId: of.ClientId, Username: ann.name });
      await idp.ConfirmForgotPassword({ ClientId: of.ClientId, Username: ann.name, Password: next, ConfirmationCode: await code(ann.email) });
      assert.ok((await signIn(of, ann.name, next)).AccessToken);
      await refused(start(of, ann.name), 'NotAuthorizedException', 'Incorrect username or password.');
    },
    async bad() {
      const of = await common();
      const ann = await user(of);
      const answer = (ConfirmationCode, Password = next) => idp.ConfirmForgotPassword({ ClientId: of.ClientId, Username: ann.name, Password, ConfirmationCode });
      await refused(answer('123456'), 'ExpiredCodeException', 'Invalid code provided, please request a code again.');
      await idp.ForgotPassword({ ClientId: of.ClientId, Username: ann.name });
      const right = await code(ann.email);
      await refused(answer(wrongCode(right)), 'CodeMismatchException', 'Invalid verification code provided, please try again.');
      await refused(answer(right, 'no-upper-case-7'), 'InvalidPasswordException', 'Password did not conform with policy: Password must have uppercase characters');
    },
  },
  AdminResetUserPassword: {
    async good() {
      const of = await common();
      const ann = await user(of);
      await idp.AdminResetUserPassword({ UserPoolId: of.Id, Username: ann.name });
      assert.equal(await statusOf(of, ann.name), 'RESET_REQUIRED');
      await refused(start(of, ann.name), 'PasswordResetRequiredException', 'Password reset required for the user');
      await idp.ConfirmForgotPassword({ ClientId: of.ClientId, Username: ann.name, Password: next, ConfirmationCode: await code(ann.email) });
      assert.ok((await signIn(of, ann.name, next)).AccessToken);
    },
    async bad() {
      const of = await common();
      const Username = unique('invited');
      await idp.AdminCreateUser({ UserPoolId: of.Id, Username, MessageAction: 'SUPPRESS' });
      await refused(
        idp.AdminResetUserPassword({ UserPoolId: of.Id, Username }), 'NotAuthorizedException', 'User password cannot be reset in the current state.');
      await refused(idp.AdminResetUserPassword({ UserPoolId: of.Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
};
