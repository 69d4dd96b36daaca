// Identities of users whom the developer's own server knows.
import { claimsOf } from '../story.mjs';
import { developer, developerUser, identityPool, known } from './identity-scenes.mjs';
import { assert, identity, refused, unique } from './world.mjs';

const missing = ['ResourceNotFoundException', 'Developer user identifier not found.'];
const usersOf = async (IdentityPoolId, IdentityId) => (await identity.LookupDeveloperIdentity({ IdentityPoolId, IdentityId })).DeveloperUserIdentifierList;
const holder = async (IdentityPoolId, DeveloperUserIdentifier) => (await identity.LookupDeveloperIdentity({ IdentityPoolId, DeveloperUserIdentifier })).IdentityId;

export default {
  GetOpenIdTokenForDeveloperIdentity: {
    async good() {
      const id = await identityPool();
      const name = unique('dev');
      const { IdentityId, Token } = await developerUser(id, name, { TokenDuration: 60 });
      const claims = claimsOf(Token);
      assert.deepEqual([claims.sub, claims.aud, claims.exp - claims.iat], [IdentityId, id, 60]);
      assert.equal(await holder(id, name), IdentityId);
      const { Credentials } = await identity.GetCredentialsForIdentity({ IdentityId, Logins: { 'cognito-identity.amazonaws.com': Token } });
      assert.ok(Credentials.SessionToken);
    },
    async bad() {
      const id = await identityPool();
      await refused(
        identity.GetOpenIdTokenForDeveloperIdentity({ IdentityPoolId: id, Logins: { 'other.example.com': 'dev' } }), 'InvalidParameterException',
        'The identity pool has no developer provider of this name.');
      const name = unique('dev');
      await developerUser(id, name);
      const { IdentityId } = await developerUser(id, unique('dev'));
      await refused(
        developerUser(id, name, { IdentityId }), 'DeveloperUserAlreadyRegisteredException',
        'The provided developer user identifier is already registered with Cognito under a different identity ID.');
    },
  },
  LookupDeveloperIdentity: {
    async good() {
      const id = await identityPool();
      const names = [unique('dev'), unique('dev')];
      const { IdentityId } = await developerUser(id, names[0]);
      await developerUser(id, names[1], { IdentityId });
      assert.deepEqual((await usersOf(id, IdentityId)).sort(), names);
      assert.equal(await holder(id, names[1]), IdentityId);
    },
    async bad() {
      const id = await identityPool();
      await refused(identity.LookupDeveloperIdentity({ IdentityPoolId: id, DeveloperUserIdentifier: 'nobody' }), ...missing);
      await refused(
        identity.LookupDeveloperIdentity({ IdentityPoolId: id }), 'InvalidParameterException', 'Either IdentityId or DeveloperUserIdentifier must be given.');
    },
  },
  MergeDeveloperIdentities: {
    async good() {
      const id = await identityPool();
      const [SourceUserIdentifier, DestinationUserIdentifier] = [unique('dev'), unique('dev')];
      await developerUser(id, SourceUserIdentifier);
      await developerUser(id, DestinationUserIdentifier);
      const { IdentityId } = await identity.MergeDeveloperIdentities({
        IdentityPoolId: id, DeveloperProviderName: developer, SourceUserIdentifier, DestinationUserIdentifier,
      });
      assert.deepEqual((await usersOf(id, IdentityId)).sort(), [SourceUserIdentifier, DestinationUserIdentifier].sort());
    },
    async bad() {
      const id = await identityPool();
      const name = unique('dev');
      await developerUser(id, name);
      await refused(
        identity.MergeDeveloperIdentities({
          IdentityPoolId: id, DeveloperProviderName: developer, SourceUserIdentifier: name, DestinationUserIdentifier: 'nobody',
        }), ...missing);
    },
  },
  UnlinkDeveloperIdentity: {
    async good() {
      const id = await identityPool();
      const names = [unique('dev'), unique('dev')];
      const { IdentityId } = await developerUser(id, names[0]);
      await developerUser(id, names[1], { IdentityId });
      await identity.UnlinkDeveloperIdentity({ IdentityPoolId: id, IdentityId, DeveloperProviderName: developer, DeveloperUserIdentifier: names[1] });
      assert.deepEqual(await usersOf(id, IdentityId), [names[0]]);
    },
    async bad() {
      const id = await identityPool();
      const { IdentityId } = await known(id);
      await refused(
        identity.UnlinkDeveloperIdentity({ IdentityPoolId: id, IdentityId, DeveloperProviderName: developer, DeveloperUserIdentifier: 'nobody' }), ...missing);
    },
  },
};
