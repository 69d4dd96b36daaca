// Second factors of users.
import { factors, member, start } from './scenes.mjs';
import { totp, wrongTotp } from './totp.mjs';
import { assert, idp, refused } from './world.mjs';

const missing = ['UserNotFoundException', 'User does not exist.'];
const on = { Enabled: true, PreferredMfa: true };
const sms = { MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] };

/** Somebody with an authenticator app, of which this is the secret; its code of now is used up. */
async function equipped(of) {
  const ann = await member(of, phone());
  const { SecretCode } = await idp.AssociateSoftwareToken({ AccessToken: ann.AccessToken });
  await idp.VerifySoftwareToken({ AccessToken: ann.AccessToken, UserCode: totp(SecretCode) });
  return { ...ann, secret: SecretCode };
}

const seen = (ann) => idp.AdminGetUser({ UserPoolId: ann.UserPoolId, Username: ann.Username });

const answer = (of, ann, asked, code) => idp.RespondToAuthChallenge({
  ClientId: of.ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: asked.Session,
  ChallengeResponses: { USERNAME: ann.name, SOFTWARE_TOKEN_MFA_CODE: code },
});

export default {
  AssociateSoftwareToken: {
    async good() {
      const ann = await member(await factors());
      const { SecretCode } = await idp.AssociateSoftwareToken({ AccessToken: ann.AccessToken });
      assert.match(SecretCode, /^[A-Z2-7]{32,}$/);
      assert.equal((await idp.VerifySoftwareToken({ AccessToken: ann.AccessToken, UserCode: totp(SecretCode) })).Status, 'SUCCESS');
    },
    async bad() {
      const ann = await member(await factors());
      await refused(idp.AssociateSoftwareToken({ AccessToken: ann.tokens.IdToken }), 'NotAuthorizedException', 'Invalid Access Token');
      await refused(idp.AssociateSoftwareToken({}), 'InvalidParameterException', 'Either AccessToken or Session must be provided.');
    },
  },
  VerifySoftwareToken: {
    async good() {
      const of = await factors();
      const ann = await equipped(of);
      await idp.SetUserMFAPreference({ AccessToken: ann.AccessToken, SoftwareTokenMfaSettings: on });
      const asked = await start(of, ann.name);
      assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
      assert.ok((await answer(of, ann, asked, totp(ann.secret, 1))).AuthenticationResult.AccessToken);
    },
    async bad() {
      const ann = await member(await factors());
      const { SecretCode } = await idp.AssociateSoftwareToken({ AccessToken: ann.AccessToken });
      await refused(
        idp.VerifySoftwareToken({ AccessToken: ann.AccessToken, UserCode: wrongTotp(SecretCode) }), 'EnableSoftwareTokenMFAException',
        'Code mismatch and fail enable Software Token MFA');
    },
  },
  SetUserMFAPreference: {
    async good() {
      const of = await factors();
      const ann = await equipped(of);
      await idp.SetUserMFAPreference({ AccessToken: ann.AccessToken, SoftwareTokenMfaSettings: on });
      const found = await seen(ann);
      assert.deepEqual([found.PreferredMfaSetting, found.UserMFASettingList], ['SOFTWARE_TOKEN_MFA', ['SOFTWARE_TOKEN_MFA']]);
      const asked = await start(of, ann.name);
      await refused(answer(of, ann, asked, wrongTotp(ann.secret)), 'CodeMismatchException', 'Invalid code received for user');
      const used = totp(ann.secret, 1);
      await answer(of, ann, await start(of, ann.name), used);
      await refused(answer(of, ann, await start(of, ann.name), used), 'ExpiredCodeException', 'Your software token has already been used once.');
    },
    async bad() {
      const { AccessToken } = await member(await factors());
      await refused(
        idp.SetUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: on }), 'InvalidParameterException', 'User has not set up software token mfa');
      await idp.AssociateSoftwareToken({ AccessToken });
      await refused(
        idp.SetUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: on }), 'InvalidParameterException', 'User has not verified software token mfa');
    },
  },
  AdminSetUserMFAPreference: {
    async good() {
      const of = await factors();
      const ann = await equipped(of);
      const { UserPoolId, Username } = ann;
      await idp.AdminSetUserMFAPreference({ UserPoolId, Username, SMSMfaSettings: on, SoftwareTokenMfaSettings: { Enabled: true } });
      assert.equal((await seen(ann)).PreferredMfaSetting, 'SMS_MFA');
      assert.equal((await start(of, ann.name)).ChallengeName, 'SMS_MFA');
    },
    async bad() {
      const { Id } = await factors();
      await refused(idp.AdminSetUserMFAPreference({ UserPoolId: Id, Username: 'nobody', SMSMfaSettings: on }), ...missing);
      const { UserPoolId, Username } = await member(await factors());
      await refused(
        idp.AdminSetUserMFAPreference({ UserPoolId, Username, SoftwareTokenMfaSettings: on }), 'InvalidParameterException',
        'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA');
    },
  },
  SetUserSettings: {
    async good() {
      const of = await factors();
      const ann = await member(of, phone());
      await idp.SetUserSettings({ AccessToken: ann.AccessToken, ...sms });
      assert.deepEqual((await seen(ann)).MFAOptions, sms.MFAOptions);
      assert.equal((await start(of, ann.name)).ChallengeName, 'SMS_MFA');
    },
    async bad() {
      const { AccessToken } = await member(await factors(), phone());
      await refused(
        idp.SetUserSettings({ AccessToken, MFAOptions: [{ DeliveryMedium: 'EMAIL', AttributeName: 'email' }] }), 'InvalidParameterException',
        'Only SMS to phone_number can be set here; use SetUserMFAPreference for other factors.');
    },
  },
  AdminSetUserSettings: {
    async good() {
      const of = await factors();
      const ann = await member(of, phone());
      await idp.AdminSetUserSettings({ UserPoolId: of.Id, Username: ann.name, ...sms });
      assert.equal((await start(of, ann.name)).ChallengeName, 'SMS_MFA');
      await idp.AdminSetUserSettings({ UserPoolId: of.Id, Username: ann.name, MFAOptions: [] });
      assert.ok((await start(of, ann.name)).AuthenticationResult);
    },
    async bad() {
      const { Id } = await factors();
      await refused(idp.AdminSetUserSettings({ UserPoolId: Id, Username: 'nobody', ...sms }), ...missing);
    },
  },
  AdminDeleteSoftwareToken: {
    async good() {
      const of = await factors();
      const ann = await equipped(of);
      await idp.SetUserMFAPreference({ AccessToken: ann.AccessToken, SoftwareTokenMfaSettings: on });
      await idp.AdminDeleteSoftwareToken({ UserPoolId: of.Id, Username: ann.name });
      assert.equal((await seen(ann)).UserMFASettingList, undefined);
      assert.ok((await start(of, ann.name)).AuthenticationResult);
    },
    async bad() {
      const { Id } = await factors();
      await refused(idp.AdminDeleteSoftwareToken({ UserPoolId: Id, Username: 'nobody' }), ...missing);
    },
  },
};

let last = 1_000_000;

function phone() {
  return { phone_number: `+4915${last++}`, phone_number_verified: 'true' };
}
