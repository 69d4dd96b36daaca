// App clients and their secrets.
import { createHmac } from 'node:crypto';
import { clientOf, common, password, pool, signIn, start, user } from './scenes.mjs';
import { assert, idp, noClient, noPool, noPoolMessage, refused } from './world.mjs';

const described = async (UserPoolId, ClientId) => (await idp.DescribeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient;
const secretsOf = async (UserPoolId, ClientId) => (await idp.ListUserPoolClientSecrets({ UserPoolId, ClientId })).ClientSecrets;
const absent = (operation, more = {}) => async () => {
  const { Id } = await common();
  await refused(idp[operation]({ UserPoolId: Id, ClientId: noClient, ...more }), 'ResourceNotFoundException', 'User pool client does not exist.');
};

/** A sign-in with this secret. */
const enter = (ClientId, name, secret) => start({ ClientId }, name, password, {
  SECRET_HASH: createHmac('sha256', secret).update(name + ClientId).digest('base64'),
});

export default {
  CreateUserPoolClient: {
    async good() {
      const made = await common();
      const ann = await user(made);
      const app = await clientOf(made.Id, { ClientName: 'Made', GenerateSecret: true, AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: 'minutes' } });
      assert.equal((await described(made.Id, app.ClientId)).ClientName, 'Made');
      assert.equal((await enter(app.ClientId, ann.name, app.ClientSecret)).AuthenticationResult.ExpiresIn, 300);
    },
    async bad() {
      await refused(idp.CreateUserPoolClient({ UserPoolId: noPool, ClientName: 'Made' }), 'ResourceNotFoundException', noPoolMessage);
      const { Id } = await common();
      await refused(
        idp.CreateUserPoolClient({ UserPoolId: Id, ClientName: 'Made', WriteAttributes: ['custom:nothing'] }), 'InvalidParameterException',
        'Invalid write attributes specified while creating a client');
    },
  },
  DescribeUserPoolClient: {
    async good() {
      const { Id } = await common();
      const app = await clientOf(Id, { ReadAttributes: ['email'], PreventUserExistenceErrors: 'ENABLED' });
      const found = await described(Id, app.ClientId);
      assert.deepEqual([found.ReadAttributes, found.PreventUserExistenceErrors, found.UserPoolId], [['email'], 'ENABLED', Id]);
    },
    bad: absent('DescribeUserPoolClient'),
  },
  UpdateUserPoolClient: {
    async good() {
      const made = await common();
      const ann = await user(made);
      const { ClientId } = await clientOf(made.Id);
      await signIn({ ClientId }, ann.name);
      await idp.UpdateUserPoolClient({ UserPoolId: made.Id, ClientId, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
      await refused(start({ ClientId }, ann.name), 'InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client');
      assert.deepEqual((await described(made.Id, ClientId)).ExplicitAuthFlows, ['ALLOW_USER_SRP_AUTH']);
    },
    bad: absent('UpdateUserPoolClient'),
  },
  DeleteUserPoolClient: {
    async good() {
      const { Id } = await common();
      const { ClientId } = await clientOf(Id);
      await idp.DeleteUserPoolClient({ UserPoolId: Id, ClientId });
      await refused(idp.DescribeUserPoolClient({ UserPoolId: Id, ClientId }), 'ResourceNotFoundException', 'User pool client does not exist.');
      await refused(start({ ClientId }, 'ann'), 'ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
    },
    bad: absent('DeleteUserPoolClient'),
  },
  ListUserPoolClients: {
    async good() {
      const { Id, ClientId } = await pool();
      const second = await clientOf(Id);
      const page = await idp.ListUserPoolClients({ UserPoolId: Id, MaxResults: 1 });
      const rest = await idp.ListUserPoolClients({ UserPoolId: Id, MaxResults: 1, NextToken: page.NextToken });
      assert.deepEqual([...page.UserPoolClients, ...rest.UserPoolClients].map((c) => c.ClientId), [ClientId, second.ClientId].sort());
    },
    async bad() {
      await refused(idp.ListUserPoolClients({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage);
      const { Id } = await common();
      await refused(idp.ListUserPoolClients({ UserPoolId: Id, NextToken: 'bm9uZQ==' }), 'InvalidParameterException', 'Invalid pagination token given.');
    },
  },
  AddUserPoolClientSecret: {
    async good() {
      const made = await common();
      const ann = await user(made);
      const { ClientId, ClientSecret } = await clientOf(made.Id, { GenerateSecret: true });
      const { ClientSecretDescriptor } = await idp.AddUserPoolClientSecret({ UserPoolId: made.Id, ClientId });
      for (const secret of [ClientSecret, ClientSecretDescriptor.ClientSecretValue])
        assert.ok((await enter(ClientId, ann.name, secret)).AuthenticationResult);
      assert.equal((await secretsOf(made.Id, ClientId)).length, 2);
    },
    async bad() {
      const { Id, ClientId } = await common();
      await refused(
        idp.AddUserPoolClientSecret({ UserPoolId: Id, ClientId }), 'InvalidParameterException', 'A secret can be added only to a client that has one.');
      const full = await clientOf(Id, { GenerateSecret: true });
      await idp.AddUserPoolClientSecret({ UserPoolId: Id, ClientId: full.ClientId });
      await refused(
        idp.AddUserPoolClientSecret({ UserPoolId: Id, ClientId: full.ClientId }), 'LimitExceededException', 'A user pool client can have at most 2 secrets.');
    },
  },
  DeleteUserPoolClientSecret: {
    async good() {
      const made = await common();
      const ann = await user(made);
      const { ClientId, ClientSecret } = await clientOf(made.Id, { GenerateSecret: true });
      const [{ ClientSecretId }] = await secretsOf(made.Id, ClientId);
      const { ClientSecretDescriptor } = await idp.AddUserPoolClientSecret({ UserPoolId: made.Id, ClientId });
      await idp.DeleteUserPoolClientSecret({ UserPoolId: made.Id, ClientId, ClientSecretId });
      await refused(enter(ClientId, ann.name, ClientSecret), 'NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`);
      assert.ok((await enter(ClientId, ann.name, ClientSecretDescriptor.ClientSecretValue)).AuthenticationResult);
    },
    async bad() {
      const { Id } = await common();
      const { ClientId } = await clientOf(Id, { GenerateSecret: true });
      const [{ ClientSecretId }] = await secretsOf(Id, ClientId);
      await refused(
        idp.DeleteUserPoolClientSecret({ UserPoolId: Id, ClientId, ClientSecretId }), 'InvalidParameterException', 'The last secret of a client cannot be deleted.');
    },
  },
  ListUserPoolClientSecrets: {
    async good() {
      const { Id } = await common();
      const { ClientId } = await clientOf(Id, { GenerateSecret: true });
      const { ClientSecretDescriptor } = await idp.AddUserPoolClientSecret({ UserPoolId: Id, ClientId });
      const found = await secretsOf(Id, ClientId);
      assert.equal(found.length, 2);
      assert.ok(found.some((s) => s.ClientSecretId === ClientSecretDescriptor.ClientSecretId));
      assert.ok(found.every((s) => s.ClientSecretValue === undefined));
    },
    bad: absent('ListUserPoolClientSecrets'),
  },
};
