// Identity pools: what they believe, their roles, tags and principal tags.
import { claimsOf } from '../story.mjs';
import { guest, guestRole, identityPool, known, memberRole, noIdentityPool, noIdentityPoolMessage, providerOf } from './identity-scenes.mjs';
import { common } from './scenes.mjs';
import { assert, identity, refused } from './world.mjs';

const missing = ['ResourceNotFoundException', noIdentityPoolMessage];
const described = (IdentityPoolId) => identity.DescribeIdentityPool({ IdentityPoolId });
const arnOf = (id) => `arn:aws:cognito-identity:us-east-1:000000000000:identitypool/${id}`;
const ofNone = (operation, more = {}) => () => refused(identity[operation]({ IdentityPoolId: noIdentityPool, ...more }), ...missing);
const tagsOf = async (id) => (await identity.ListTagsForResource({ ResourceArn: arnOf(id) })).Tags;

export default {
  CreateIdentityPool: {
    async good() {
      const users = await common();
      const CognitoIdentityProviders = [{ ProviderName: providerOf(users), ClientId: users.ClientId, ServerSideTokenCheck: false }];
      const made = await identity.CreateIdentityPool({
        IdentityPoolName: 'Made', AllowUnauthenticatedIdentities: false, CognitoIdentityProviders, IdentityPoolTags: { made: 'yes' },
      });
      const found = await described(made.IdentityPoolId);
      assert.deepEqual(
        [found.IdentityPoolName, found.AllowUnauthenticatedIdentities, found.CognitoIdentityProviders, found.IdentityPoolTags],
        ['Made', false, CognitoIdentityProviders, { made: 'yes' }]);
      assert.ok((await known(made.IdentityPoolId)).IdentityId);
    },
    bad: () => refused(
      identity.CreateIdentityPool({ IdentityPoolName: 'Bad', AllowUnauthenticatedIdentities: false, IdentityPoolTags: { 'aws:a': 'b' } }), 'InvalidParameterException',
      'Tag keys must not begin with aws:'),
  },
  DescribeIdentityPool: {
    async good() {
      const { IdentityPoolId } = await identity.CreateIdentityPool({ IdentityPoolName: 'Described', AllowUnauthenticatedIdentities: true });
      const found = await described(IdentityPoolId);
      assert.deepEqual([found.IdentityPoolId, found.IdentityPoolName, found.AllowUnauthenticatedIdentities], [IdentityPoolId, 'Described', true]);
    },
    bad: ofNone('DescribeIdentityPool'),
  },
  UpdateIdentityPool: {
    async good() {
      const id = await identityPool();
      await identity.UpdateIdentityPool({ IdentityPoolId: id, IdentityPoolName: 'Renamed', AllowUnauthenticatedIdentities: false });
      assert.equal((await described(id)).IdentityPoolName, 'Renamed');
      await refused(
        identity.GetId({ IdentityPoolId: id }), 'NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.');
    },
    bad: ofNone('UpdateIdentityPool', { IdentityPoolName: 'Renamed', AllowUnauthenticatedIdentities: false }),
  },
  DeleteIdentityPool: {
    async good() {
      const id = await identityPool();
      await identity.DeleteIdentityPool({ IdentityPoolId: id });
      await refused(identity.DescribeIdentityPool({ IdentityPoolId: id }), 'ResourceNotFoundException', `IdentityPool '${id}' not found.`);
      await refused(identity.GetId({ IdentityPoolId: id }), 'ResourceNotFoundException', `IdentityPool '${id}' not found.`);
    },
    bad: ofNone('DeleteIdentityPool'),
  },
  ListIdentityPools: {
    async good() {
      const ids = [await identityPool(), await identityPool()];
      const listed = [];
      let NextToken;
      do {
        const page = await identity.ListIdentityPools({ MaxResults: 3, NextToken });
        listed.push(...page.IdentityPools.map((p) => p.IdentityPoolId));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.ok(ids.every((id) => listed.includes(id)));
    },
    bad: () => refused(identity.ListIdentityPools({ MaxResults: 10, NextToken: 'bm9uZQ==' }), 'InvalidParameterException', 'Invalid pagination token given.'),
  },
  SetIdentityPoolRoles: {
    async good() {
      const { IdentityPoolId } = await identity.CreateIdentityPool({ IdentityPoolName: 'Roles', AllowUnauthenticatedIdentities: true });
      await identity.SetIdentityPoolRoles({ IdentityPoolId, Roles: { unauthenticated: guestRole } });
      assert.deepEqual((await identity.GetIdentityPoolRoles({ IdentityPoolId })).Roles, { unauthenticated: guestRole });
      assert.ok((await identity.GetCredentialsForIdentity({ IdentityId: await guest(IdentityPoolId) })).Credentials.SecretKey);
    },
    async bad() {
      await ofNone('SetIdentityPoolRoles', { Roles: {} })();
      const id = await identityPool();
      await refused(
        identity.SetIdentityPoolRoles({
          IdentityPoolId: id, Roles: { authenticated: memberRole }, RoleMappings: { 'elsewhere.example.com': { Type: 'Token', AmbiguousRoleResolution: 'Deny' } },
        }), 'InvalidParameterException', "The role mapping 'elsewhere.example.com' is for no provider of this identity pool.");
    },
  },
  GetIdentityPoolRoles: {
    async good() {
      const id = await identityPool();
      const before = await identity.GetIdentityPoolRoles({ IdentityPoolId: id });
      assert.deepEqual(before.Roles, { authenticated: memberRole, unauthenticated: guestRole });
      await identity.SetIdentityPoolRoles({ IdentityPoolId: id, Roles: { authenticated: memberRole } });
      assert.deepEqual((await identity.GetIdentityPoolRoles({ IdentityPoolId: id })).Roles, { authenticated: memberRole });
    },
    bad: ofNone('GetIdentityPoolRoles'),
  },
  TagResource: {
    async good() {
      const id = await identityPool({ IdentityPoolTags: { kept: '1' } });
      await identity.TagResource({ ResourceArn: arnOf(id), Tags: { added: '2' } });
      assert.deepEqual((await described(id)).IdentityPoolTags, { kept: '1', added: '2' });
    },
    bad: () => refused(identity.TagResource({ ResourceArn: 'arn:aws:s3:us-east-1:000000000000:bucket', Tags: { a: 'b' } }), 'InvalidParameterException', 'Invalid identity pool ARN.'),
  },
  UntagResource: {
    async good() {
      const id = await identityPool({ IdentityPoolTags: { kept: '1', gone: '1' } });
      await identity.UntagResource({ ResourceArn: arnOf(id), TagKeys: ['gone'] });
      assert.deepEqual(await tagsOf(id), { kept: '1' });
    },
    bad: () => refused(identity.UntagResource({ ResourceArn: arnOf(noIdentityPool), TagKeys: ['a'] }), ...missing),
  },
  ListTagsForResource: {
    async good() {
      const id = await identityPool({ IdentityPoolTags: { purpose: 'list' } });
      assert.deepEqual(await tagsOf(id), { purpose: 'list' });
    },
    bad: () => refused(identity.ListTagsForResource({ ResourceArn: arnOf(noIdentityPool) }), ...missing),
  },
  SetPrincipalTagAttributeMap: {
    async good() {
      const id = await identityPool();
      const { IdentityId, Logins, provider } = await known(id);
      await identity.SetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName: provider, PrincipalTags: { mail: 'email' } });
      const found = await identity.GetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName: provider });
      assert.deepEqual([found.UseDefaults, found.PrincipalTags], [false, { mail: 'email' }]);
      const { Token } = await identity.GetOpenIdToken({ IdentityId, Logins });
      assert.deepEqual(claimsOf(Token)['https://aws.amazon.com/tags'].principal_tags.mail, [claimsOf(Logins[provider]).email]);
    },
    async bad() {
      const id = await identityPool();
      await refused(
        identity.SetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName: 'elsewhere.example.com', UseDefaults: true }), 'InvalidParameterException',
        'The identity pool has no provider of this name.');
    },
  },
  GetPrincipalTagAttributeMap: {
    async good() {
      const id = await identityPool();
      const IdentityProviderName = providerOf(await common());
      await identity.SetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName, UseDefaults: true });
      const found = await identity.GetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName });
      assert.deepEqual([found.UseDefaults, found.PrincipalTags], [true, { username: 'sub', client: 'aud' }]);
    },
    async bad() {
      const id = await identityPool();
      await refused(
        identity.GetPrincipalTagAttributeMap({ IdentityPoolId: id, IdentityProviderName: providerOf(await common()) }), 'ResourceNotFoundException',
        'Principal tag attribute map not found.');
    },
  },
};
