// Resource servers and their scopes.
import { clientOf, common, pool } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, refused, unique } from './world.mjs';

const scope = (ScopeName) => ({ ScopeName, ScopeDescription: `May ${ScopeName}` });

async function server(of, more = {}) {
  const named = { UserPoolId: of.Id, Identifier: unique('api') };
  await idp.CreateResourceServer({ ...named, Name: 'Api', Scopes: [scope('read')], ...more });
  return named;
}

const described = async (named) => (await idp.DescribeResourceServer(named)).ResourceServer;
const absent = (operation, more = {}) => async () => {
  const { Id } = await common();
  await refused(
    idp[operation]({ UserPoolId: Id, Identifier: 'nothing', ...more }), 'ResourceNotFoundException', 'Resource server nothing does not exist.');
};

export default {
  CreateResourceServer: {
    async good() {
      const of = await common();
      const named = await server(of);
      assert.deepEqual(await described(named), { ...named, Name: 'Api', Scopes: [scope('read')] });
      const machine = await clientOf(of.Id, {
        GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'], AllowedOAuthScopes: [`${named.Identifier}/read`],
      });
      assert.ok((await idp.GetClientToken({ ClientId: machine.ClientId, Secret: machine.ClientSecret })).ClientAuthenticationResult.AccessToken);
    },
    async bad() {
      const named = await server(await common());
      await refused(
        idp.CreateResourceServer({ ...named, Name: 'Again' }), 'InvalidParameterException', `${named.Identifier} already exists in user pool ${named.UserPoolId}.`);
    },
  },
  DescribeResourceServer: {
    async good() {
      const named = await server(await common(), { Scopes: [scope('a'), scope('b')] });
      assert.deepEqual((await described(named)).Scopes, [scope('a'), scope('b')]);
    },
    bad: absent('DescribeResourceServer'),
  },
  UpdateResourceServer: {
    async good() {
      const named = await server(await common());
      await idp.UpdateResourceServer({ ...named, Name: 'Renamed', Scopes: [scope('write')] });
      assert.deepEqual(await described(named), { ...named, Name: 'Renamed', Scopes: [scope('write')] });
    },
    bad: absent('UpdateResourceServer', { Name: 'Api' }),
  },
  DeleteResourceServer: {
    async good() {
      const named = await server(await common());
      await idp.DeleteResourceServer(named);
      await refused(
        idp.DescribeResourceServer(named), 'ResourceNotFoundException', `Resource server ${named.Identifier} does not exist.`);
    },
    bad: absent('DeleteResourceServer'),
  },
  ListResourceServers: {
    async good() {
      const of = await pool();
      const named = [await server(of), await server(of)];
      const first = await idp.ListResourceServers({ UserPoolId: of.Id, MaxResults: 1 });
      const rest = await idp.ListResourceServers({ UserPoolId: of.Id, MaxResults: 1, NextToken: first.NextToken });
      assert.deepEqual([...first.ResourceServers, ...rest.ResourceServers].map((s) => s.Identifier).sort(), named.map((n) => n.Identifier).sort());
    },
    bad: () => refused(idp.ListResourceServers({ UserPoolId: noPool, MaxResults: 10 }), 'ResourceNotFoundException', noPoolMessage),
  },
};
