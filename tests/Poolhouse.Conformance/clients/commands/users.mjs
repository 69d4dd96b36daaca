// What users do with their own account.
import { attributesOf, common, looked, member, password, signIn, start } from './scenes.mjs';
import { assert, code, idp, refused, unique, wrongCode } from './world.mjs';

const next = 'Other-horse-8';

const withIdToken = (operation, more = {}) => async () => {
  const { tokens } = await member(await common());
  await refused(idp[operation]({ AccessToken: tokens.IdToken, ...more }), 'NotAuthorizedException', 'Invalid Access Token');
};

export default {
  GetUser: {
    async good() {
      const ann = await member(await common(), { name: 'Ann' });
      const own = await idp.GetUser({ AccessToken: ann.AccessToken });
      assert.equal(own.Username, ann.name);
      assert.deepEqual(attributesOf(own.UserAttributes), await looked(ann));
      assert.equal(attributesOf(own.UserAttributes).name, 'Ann');
    },
    async bad() {
      await withIdToken('GetUser')();
      await refused(idp.GetUser({ AccessToken: 'not.a.token' }), 'NotAuthorizedException', 'Invalid Access Token');
    },
  },
  ChangePassword: {
    async good() {
      const of = await common();
      const { name, AccessToken } = await member(of);
      await idp.ChangePassword({ AccessToken, PreviousPassword: password, ProposedPassword: next });
      assert.ok((await signIn(of, name, next)).AccessToken);
      await refused(start(of, name), 'NotAuthorizedException', 'Incorrect username or password.');
    },
    async bad() {
      const { AccessToken } = await member(await common());
      await refused(
        idp.ChangePassword({ AccessToken, PreviousPassword: 'Wrong-horse-7', ProposedPassword: next }), 'NotAuthorizedException', 'Incorrect username or password.');
      await refused(
        idp.ChangePassword({ AccessToken, PreviousPassword: password, ProposedPassword: 'no-number-Here' }), 'InvalidPasswordException',
        'Password did not conform with policy: Password must have numeric characters');
    },
  },
  UpdateUserAttributes: {
    async good() {
      const ann = await member(await common());
      const email = `${unique('moved')}@example.com`;
      const { CodeDeliveryDetailsList } = await idp.UpdateUserAttributes({
        AccessToken: ann.AccessToken, UserAttributes: [{ Name: 'email', Value: email }, { Name: 'locale', Value: 'de' }],
      });
      assert.equal(CodeDeliveryDetailsList[0].AttributeName, 'email');
      const seen = await looked(ann);
      assert.deepEqual([seen.email, seen.email_verified, seen.locale], [email, 'false', 'de']);
    },
    async bad() {
      const { AccessToken } = await member(await common(), { 'custom:tenant': 'north' });
      await refused(
        idp.UpdateUserAttributes({ AccessToken, UserAttributes: [{ Name: 'custom:tenant', Value: 'south' }] }), 'InvalidParameterException',
        'user.custom:tenant: Attribute cannot be updated.\n');
      await refused(
        idp.UpdateUserAttributes({ AccessToken, UserAttributes: [{ Name: 'custom:unknown', Value: '1' }] }), 'InvalidParameterException',
        'user.custom:unknown: Attribute does not exist in the schema.\n');
      await refused(
        idp.UpdateUserAttributes({ AccessToken, UserAttributes: [{ Name: 'sub', Value: '1' }] }), 'InvalidParameterException',
        'Cannot modify the non-mutable attribute sub');
    },
  },
  DeleteUserAttributes: {
    async good() {
      const ann = await member(await common(), { locale: 'de', name: 'Ann' });
      await idp.DeleteUserAttributes({ AccessToken: ann.AccessToken, UserAttributeNames: ['locale'] });
      const seen = await looked(ann);
      assert.deepEqual([seen.locale, seen.name], [undefined, 'Ann']);
    },
    async bad() {
      const { AccessToken } = await member(await common(), { 'custom:tenant': 'north' });
      await refused(
        idp.DeleteUserAttributes({ AccessToken, UserAttributeNames: ['custom:tenant'] }), 'InvalidParameterException',
        'Invalid user attributes: Custom.User.tenant: This attribute does not satisfy the mutability validation defined in the schema.');
      await refused(
        idp.DeleteUserAttributes({ AccessToken, UserAttributeNames: ['custom:unknown'] }), 'InvalidParameterException',
        'Invalid user attributes: Type for attribute {custom:unknown} could not be determined');
    },
  },
  GetUserAttributeVerificationCode: {
    async good() {
      const ann = await member(await common(), { email_verified: 'false' });
      const { CodeDeliveryDetails } = await idp.GetUserAttributeVerificationCode({ AccessToken: ann.AccessToken, AttributeName: 'email' });
      assert.equal(CodeDeliveryDetails.AttributeName, 'email');
      await idp.VerifyUserAttribute({ AccessToken: ann.AccessToken, AttributeName: 'email', Code: await code(ann.email) });
      assert.equal((await looked(ann)).email_verified, 'true');
    },
    async bad() {
      const { AccessToken } = await member(await common(), { name: 'Ann' });
      await refused(
        idp.GetUserAttributeVerificationCode({ AccessToken, AttributeName: 'name' }), 'InvalidParameterException',
        'Invalid attribute name. Only phone_number and email can be verified.');
    },
  },
  VerifyUserAttribute: {
    async good() {
      const ann = await member(await common(), { email_verified: 'false' });
      await idp.GetUserAttributeVerificationCode({ AccessToken: ann.AccessToken, AttributeName: 'email' });
      assert.equal((await looked(ann)).email_verified, 'false');
      await idp.VerifyUserAttribute({ AccessToken: ann.AccessToken, AttributeName: 'email', Code: await code(ann.email) });
      assert.equal((await looked(ann)).email_verified, 'true');
    },
    async bad() {
      const { AccessToken, email } = await member(await common(), { email_verified: 'false' });
      await refused(
        idp.VerifyUserAttribute({ AccessToken, AttributeName: 'email', Code: '123456' }), 'ExpiredCodeException',
        'Invalid code provided, please request a code again.');
      await idp.GetUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
      await refused(
        idp.VerifyUserAttribute({ AccessToken, AttributeName: 'email', Code: wrongCode(await code(email)) }), 'CodeMismatchException',
        'Invalid verification code provided, please try again.');
    },
  },
  DeleteUser: {
    async good() {
      const of = await common();
      const { UserPoolId, Username, AccessToken } = await member(of);
      await idp.DeleteUser({ AccessToken });
      await refused(idp.AdminGetUser({ UserPoolId, Username }), 'UserNotFoundException', 'User does not exist.');
      await refused(idp.GetUser({ AccessToken }), 'UserNotFoundException', 'User does not exist.');
      await refused(start(of, Username), 'UserNotFoundException', 'User does not exist.');
    },
    bad: withIdToken('DeleteUser'),
  },
  GetUserAuthFactors: {
    async good() {
      const ann = await member(await common());
      const own = await idp.GetUserAuthFactors({ AccessToken: ann.AccessToken });
      const seen = await idp.AdminGetUserAuthFactors({ UserPoolId: ann.UserPoolId, Username: ann.Username });
      assert.equal(own.Username, ann.name);
      assert.ok(own.ConfiguredUserAuthFactors.includes('PASSWORD'));
      assert.deepEqual(own.ConfiguredUserAuthFactors, seen.ConfiguredUserAuthFactors);
    },
    bad: withIdToken('GetUserAuthFactors'),
  },
};
