// Identities: guests and people who prove who they are, their credentials and tokens.
import { CognitoIdentityProviderClient, DescribeUserPoolCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { claimsOf } from '../story.mjs';
import {
  developer, developerUser, guest, identityPool, known, logins, noIdentity, noIdentityMessage, noIdentityPool, noIdentityPoolMessage,
} from './identity-scenes.mjs';
import { assert, identity, refused, serverUrl, unique } from './world.mjs';

const noSuch = ['ResourceNotFoundException', noIdentityMessage];
const mismatch = ['NotAuthorizedException', "Logins don't match. Please include at least one valid login for this identity or identity pool."];

export default {
  GetId: {
    async good() {
      const id = await identityPool();
      const ann = await known(id);
      assert.equal((await identity.GetId({ IdentityPoolId: id, Logins: ann.Logins })).IdentityId, ann.IdentityId);
      assert.deepEqual((await identity.DescribeIdentity({ IdentityId: ann.IdentityId })).Logins, [ann.provider]);
      assert.notEqual(await guest(id), await guest(id));
    },
    async bad() {
      await refused(identity.GetId({ IdentityPoolId: noIdentityPool }), 'ResourceNotFoundException', noIdentityPoolMessage);
      const { IdentityPoolId } = await identity.CreateIdentityPool({ IdentityPoolName: 'Members', AllowUnauthenticatedIdentities: false });
      await refused(
        identity.GetId({ IdentityPoolId }), 'NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.');
      await refused(
        identity.GetId({ IdentityPoolId, Logins: (await logins()).Logins }), 'NotAuthorizedException', 'Token is not from a supported provider of this identity pool.');
    },
  },
  GetCredentialsForIdentity: {
    async good() {
      const id = await identityPool();
      const { IdentityId, Logins } = await known(id);
      const { Credentials } = await identity.GetCredentialsForIdentity({ IdentityId, Logins });
      assert.ok(Credentials.Expiration > new Date());
      // What the member's role allows, and nothing else.
      const client = new CognitoIdentityProviderClient({
        endpoint: serverUrl(), region: 'us-east-1', maxAttempts: 1,
        credentials: { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretKey, sessionToken: Credentials.SessionToken },
      });
      const UserPoolId = 'us-east-1_Poolhouse';
      assert.ok(Array.isArray((await client.send(new ListUsersCommand({ UserPoolId }))).Users));
      await refused(
        client.send(new DescribeUserPoolCommand({ UserPoolId })), 'AccessDeniedException',
        'User: arn:aws:sts::000000000000:assumed-role/Member/CognitoIdentityCredentials is not authorized to perform: cognito-idp:DescribeUserPool on resource: '
          + 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Poolhouse because no identity-based policy allows the cognito-idp:DescribeUserPool action');
    },
    async bad() {
      await refused(identity.GetCredentialsForIdentity({ IdentityId: noIdentity }), ...noSuch);
      const id = await identityPool();
      const { IdentityId } = await known(id);
      await refused(identity.GetCredentialsForIdentity({ IdentityId, Logins: (await logins()).Logins }), ...mismatch);
      await refused(identity.GetCredentialsForIdentity({ IdentityId }), 'NotAuthorizedException', `Access to Identity '${IdentityId}' is forbidden.`);
    },
  },
  GetOpenIdToken: {
    async good() {
      const id = await identityPool();
      const { IdentityId, Logins } = await known(id);
      const { Token } = await identity.GetOpenIdToken({ IdentityId, Logins });
      const claims = claimsOf(Token);
      assert.deepEqual([claims.sub, claims.aud], [IdentityId, id]);
      assert.ok(claims.amr.includes('authenticated'));
    },
    async bad() {
      await refused(identity.GetOpenIdToken({ IdentityId: noIdentity }), ...noSuch);
      const id = await identityPool({ AllowClassicFlow: false });
      await refused(
        identity.GetOpenIdToken({ IdentityId: await guest(id) }), 'InvalidParameterException', 'Basic (classic) flow is not enabled, please use enhanced flow.');
    },
  },
  DescribeIdentity: {
    async good() {
      const id = await identityPool();
      const ann = await known(id);
      const found = await identity.DescribeIdentity({ IdentityId: ann.IdentityId });
      assert.deepEqual([found.IdentityId, found.Logins, found.CreationDate instanceof Date], [ann.IdentityId, [ann.provider], true]);
    },
    bad: () => refused(identity.DescribeIdentity({ IdentityId: noIdentity }), ...noSuch),
  },
  ListIdentities: {
    async good() {
      const id = await identityPool();
      const ids = [await guest(id), await guest(id), (await known(id)).IdentityId];
      const first = await identity.ListIdentities({ IdentityPoolId: id, MaxResults: 2 });
      const rest = await identity.ListIdentities({ IdentityPoolId: id, MaxResults: 2, NextToken: first.NextToken });
      assert.deepEqual([...first.Identities, ...rest.Identities].map((i) => i.IdentityId).sort(), ids.sort());
    },
    bad: () => refused(identity.ListIdentities({ IdentityPoolId: noIdentityPool, MaxResults: 2 }), 'ResourceNotFoundException', noIdentityPoolMessage),
  },
  DeleteIdentities: {
    async good() {
      const id = await identityPool();
      const gone = await guest(id);
      const { UnprocessedIdentityIds } = await identity.DeleteIdentities({ IdentityIdsToDelete: [gone] });
      assert.deepEqual(UnprocessedIdentityIds ?? [], []);
      await refused(identity.DescribeIdentity({ IdentityId: gone }), 'ResourceNotFoundException', `Identity '${gone}' not found.`);
    },
    bad: () => refused(
      identity.DeleteIdentities({ IdentityIdsToDelete: [] }), 'ValidationException',
      "1 validation error detected: Value '[]' at 'identityIdsToDelete' failed to satisfy constraint: Member must have length greater than or equal to 1"),
  },
  UnlinkIdentity: {
    async good() {
      const id = await identityPool();
      const ann = await known(id);
      await identity.UnlinkIdentity({ IdentityId: ann.IdentityId, Logins: ann.Logins, LoginsToRemove: [ann.provider] });
      assert.deepEqual((await identity.DescribeIdentity({ IdentityId: ann.IdentityId })).Logins ?? [], []);
      assert.notEqual((await identity.GetId({ IdentityPoolId: id, Logins: ann.Logins })).IdentityId, ann.IdentityId);
    },
    async bad() {
      const id = await identityPool();
      const ann = await known(id);
      const others = await logins();
      await refused(identity.UnlinkIdentity({ IdentityId: ann.IdentityId, Logins: others.Logins, LoginsToRemove: [ann.provider] }), ...mismatch);
      const { IdentityId } = await developerUser(id, unique('dev'));
      assert.deepEqual((await identity.DescribeIdentity({ IdentityId })).Logins, [developer]);
    },
  },
};
