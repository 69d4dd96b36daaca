// What administrators do with users.
import { attributesOf, common, looked, member, password, pool, signIn, start, user } from './scenes.mjs';
import { assert, idp, mail, noPool, noPoolMessage, refused, unique } from './world.mjs';

const temporary = 'Temporary-1';
const missing = ['UserNotFoundException', 'User does not exist.'];
const nobody = (operation, more = {}) => async () => {
  const { Id } = await common();
  await refused(idp[operation]({ UserPoolId: Id, Username: 'nobody', ...more }), ...missing);
  await refused(idp[operation]({ UserPoolId: noPool, Username: 'nobody', ...more }), 'ResourceNotFoundException', noPoolMessage);
};
const seen = ({ UserPoolId, Username }) => idp.AdminGetUser({ UserPoolId, Username });
const set = (Name, Value) => [{ Name, Value }];

/** A pool with a provider. */
async function providing() {
  const made = await common();
  const ProviderName = unique('Oidc').replace('-', '');
  await idp.CreateIdentityProvider({
    UserPoolId: made.Id, ProviderName, ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: 'app', client_secret: 'secret', authorize_scopes: 'openid', oidc_issuer: 'https://issuer.example.com', attributes_request_method: 'GET',
    },
  });
  return { ...made, ProviderName };
}

const source = (of, ProviderAttributeValue) => ({ ProviderName: of.ProviderName, ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue });
const link = (of, name, value) => idp.AdminLinkProviderForUser({
  UserPoolId: of.Id, DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: name }, SourceUser: source(of, value),
});

export default {
  AdminCreateUser: {
    async good() {
      const of = await common();
      const Username = unique('invited');
      const email = `${Username}@example.com`;
      const { User } = await idp.AdminCreateUser({
        UserPoolId: of.Id, Username, TemporaryPassword: temporary, DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }],
      });
      assert.deepEqual([User.UserStatus, User.Enabled], ['FORCE_CHANGE_PASSWORD', true]);
      assert.equal((await seen({ UserPoolId: of.Id, Username })).UserStatus, 'FORCE_CHANGE_PASSWORD');
      assert.equal((await start(of, Username, temporary)).ChallengeName, 'NEW_PASSWORD_REQUIRED');
      assert.ok((await mail(email, (m) => m.text?.includes(temporary) || m.html?.includes(temporary))).subject);
    },
    async bad() {
      const { Id } = await common();
      const ann = await user({ Id });
      await refused(idp.AdminCreateUser({ UserPoolId: Id, Username: ann.name }), 'UsernameExistsException', 'User account already exists');
      await refused(
        idp.AdminCreateUser({ UserPoolId: Id, Username: unique('weak'), TemporaryPassword: 'Short-1' }), 'InvalidPasswordException',
        'Password did not conform with password policy: Password not long enough');
    },
  },
  AdminGetUser: {
    async good() {
      const ann = await member(await common(), { name: 'Ann' });
      const found = await seen(ann);
      assert.deepEqual([found.Username, found.Enabled, found.UserStatus], [ann.name, true, 'CONFIRMED']);
      assert.deepEqual(attributesOf(found.UserAttributes), attributesOf((await idp.GetUser({ AccessToken: ann.AccessToken })).UserAttributes));
    },
    bad: nobody('AdminGetUser'),
  },
  AdminDeleteUser: {
    async good() {
      const of = await common();
      const ann = await member(of);
      await idp.AdminDeleteUser({ UserPoolId: of.Id, Username: ann.name });
      await refused(seen(ann), ...missing);
      await refused(idp.GetUser({ AccessToken: ann.AccessToken }), ...missing);
    },
    bad: nobody('AdminDeleteUser'),
  },
  AdminDisableUser: {
    async good() {
      const of = await common();
      const ann = await member(of);
      await idp.AdminDisableUser({ UserPoolId: of.Id, Username: ann.name });
      assert.equal((await seen(ann)).Enabled, false);
      await refused(start(of, ann.name), 'NotAuthorizedException', 'User is disabled.');
      await refused(idp.GetUser({ AccessToken: ann.AccessToken }), 'NotAuthorizedException', 'User is disabled.');
    },
    bad: nobody('AdminDisableUser'),
  },
  AdminEnableUser: {
    async good() {
      const of = await common();
      const ann = await user(of);
      await idp.AdminDisableUser({ UserPoolId: of.Id, Username: ann.name });
      await idp.AdminEnableUser({ UserPoolId: of.Id, Username: ann.name });
      assert.equal((await seen(ann)).Enabled, true);
      assert.ok((await signIn(of, ann.name)).AccessToken);
    },
    bad: nobody('AdminEnableUser'),
  },
  AdminSetUserPassword: {
    async good() {
      const of = await common();
      const ann = await user(of);
      await idp.AdminSetUserPassword({ UserPoolId: of.Id, Username: ann.name, Password: 'Other-horse-8', Permanent: true });
      assert.ok((await signIn(of, ann.name, 'Other-horse-8')).AccessToken);
      await idp.AdminSetUserPassword({ UserPoolId: of.Id, Username: ann.name, Password: temporary });
      assert.equal((await start(of, ann.name, temporary)).ChallengeName, 'NEW_PASSWORD_REQUIRED');
      assert.equal((await seen(ann)).UserStatus, 'FORCE_CHANGE_PASSWORD');
    },
    async bad() {
      await nobody('AdminSetUserPassword', { Password: password })();
      const ann = await user(await common());
      await refused(
        idp.AdminSetUserPassword({ UserPoolId: ann.UserPoolId, Username: ann.name, Password: 'NO-LOWER-CASE-7' }), 'InvalidPasswordException',
        'Password does not conform to policy: Password must have lowercase characters');
    },
  },
  AdminUpdateUserAttributes: {
    async good() {
      const of = await common();
      const ann = await member(of);
      await idp.AdminUpdateUserAttributes({ UserPoolId: of.Id, Username: ann.name, UserAttributes: set('nickname', 'Annie') });
      assert.equal((await looked(ann)).nickname, 'Annie');
      assert.equal(attributesOf((await idp.GetUser({ AccessToken: ann.AccessToken })).UserAttributes).nickname, 'Annie');
    },
    async bad() {
      await nobody('AdminUpdateUserAttributes', { UserAttributes: set('name', 'Ann') })();
      const ann = await user(await common());
      await refused(
        idp.AdminUpdateUserAttributes({ UserPoolId: ann.UserPoolId, Username: ann.name, UserAttributes: set('birthdate', '1990-01-01T00') }),
        'InvalidParameterException', 'user.birthdate: String must be no longer than 10 characters\n');
    },
  },
  AdminDeleteUserAttributes: {
    async good() {
      const ann = await user(await common(), { nickname: 'Annie', locale: 'de' });
      await idp.AdminDeleteUserAttributes({ UserPoolId: ann.UserPoolId, Username: ann.name, UserAttributeNames: ['nickname'] });
      const left = await looked(ann);
      assert.deepEqual([left.nickname, left.locale], [undefined, 'de']);
    },
    async bad() {
      await nobody('AdminDeleteUserAttributes', { UserAttributeNames: ['name'] })();
      const ann = await user(await common());
      await refused(
        idp.AdminDeleteUserAttributes({ UserPoolId: ann.UserPoolId, Username: ann.name, UserAttributeNames: ['custom:unknown'] }), 'InvalidParameterException',
        'Invalid user attributes: Type for attribute {custom:unknown} could not be determined');
    },
  },
  ListUsers: {
    async good() {
      const { Id } = await pool();
      const names = [];
      for (let i = 0; i < 3; i++) names.push((await user({ Id }, { family_name: i < 2 ? 'Shore' : 'Sea' })).name);
      const listed = [];
      let PaginationToken;
      do {
        const page = await idp.ListUsers({ UserPoolId: Id, Limit: 2, PaginationToken });
        listed.push(...page.Users.map((u) => u.Username));
        PaginationToken = page.PaginationToken;
      } while (PaginationToken);
      assert.deepEqual(listed.sort(), names.sort());
      assert.equal((await idp.ListUsers({ UserPoolId: Id, Filter: 'family_name = "Shore"' })).Users.length, 2);
    },
    async bad() {
      const { Id } = await common();
      await refused(idp.ListUsers({ UserPoolId: Id, Filter: 'email is "me"' }), 'InvalidParameterException', 'Error while parsing filter');
      await refused(idp.ListUsers({ UserPoolId: Id, Filter: 'custom:tenant = "a"' }), 'InvalidParameterException', 'Invalid search attribute: custom:tenant');
      await refused(idp.ListUsers({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage);
    },
  },
  AdminGetUserAuthFactors: {
    async good() {
      const ann = await user(await common());
      const before = await idp.AdminGetUserAuthFactors({ UserPoolId: ann.UserPoolId, Username: ann.name });
      assert.deepEqual([before.Username, before.ConfiguredUserAuthFactors.includes('PASSWORD')], [ann.name, true]);
      await idp.AdminDisableProviderForUser({ UserPoolId: ann.UserPoolId, User: { ProviderName: 'Cognito', ProviderAttributeValue: ann.name } });
      const after = await idp.AdminGetUserAuthFactors({ UserPoolId: ann.UserPoolId, Username: ann.name });
      assert.ok(!(after.ConfiguredUserAuthFactors ?? []).includes('PASSWORD'));
    },
    bad: nobody('AdminGetUserAuthFactors'),
  },
  AdminLinkProviderForUser: {
    async good() {
      const of = await providing();
      const ann = await user(of);
      await link(of, ann.name, 'person-1');
      const [identity] = JSON.parse((await looked(ann)).identities);
      assert.deepEqual([identity.userId, identity.providerName], ['person-1', of.ProviderName]);
    },
    async bad() {
      const of = await providing();
      const [ann, bob] = [await user(of), await user(of)];
      await link(of, ann.name, 'person-2');
      await refused(link(of, ann.name, 'person-2'), 'InvalidParameterException', 'SourceUser is already linked to DestinationUser');
      await refused(link(of, bob.name, 'person-2'), 'AliasExistsException', 'SourceUser is already linked to another user.');
      await refused(link(of, 'nobody', 'person-3'), ...missing);
    },
  },
  AdminDisableProviderForUser: {
    async good() {
      const of = await providing();
      const ann = await user(of);
      await link(of, ann.name, 'person-4');
      await idp.AdminDisableProviderForUser({ UserPoolId: of.Id, User: source(of, 'person-4') });
      assert.ok(!((await looked(ann)).identities ?? '').includes('person-4'));
    },
    async bad() {
      const of = await providing();
      await refused(idp.AdminDisableProviderForUser({ UserPoolId: of.Id, User: source(of, 'person-5') }), ...missing);
    },
  },
};
