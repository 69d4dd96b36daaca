// Domains of user pools.
import { pool } from './scenes.mjs';
import { assert, idp, refused, unique } from './world.mjs';

const missing = ['InvalidParameterException', 'No such domain or user pool exists.'];
const described = async (Domain) => (await idp.DescribeUserPoolDomain({ Domain })).DomainDescription;

async function domain() {
  const { Id } = await pool();
  const named = { UserPoolId: Id, Domain: unique('house') };
  await idp.CreateUserPoolDomain({ ...named, ManagedLoginVersion: 1 });
  return named;
}

export default {
  CreateUserPoolDomain: {
    async good() {
      const named = await domain();
      const found = await described(named.Domain);
      assert.deepEqual([found.UserPoolId, found.Domain, found.Status], [named.UserPoolId, named.Domain, 'ACTIVE']);
      assert.equal((await idp.DescribeUserPool({ UserPoolId: named.UserPoolId })).UserPool.Domain, named.Domain);
    },
    async bad() {
      const named = await domain();
      const { Id } = await pool();
      await refused(
        idp.CreateUserPoolDomain({ UserPoolId: Id, Domain: named.Domain }), 'InvalidParameterException', 'Domain already associated with another user pool.');
      await refused(
        idp.CreateUserPoolDomain({ UserPoolId: Id, Domain: 'my-cognito-house' }), 'InvalidParameterException', 'Domain cannot contain reserved word: cognito');
    },
  },
  DescribeUserPoolDomain: {
    async good() {
      const named = await domain();
      assert.equal((await described(named.Domain)).UserPoolId, named.UserPoolId);
      assert.equal((await described('nobody-has-this')).UserPoolId, undefined);
    },
    bad: () => refused(
      idp.DescribeUserPoolDomain({ Domain: 'Not A Domain' }), 'InvalidParameterException',
      "1 validation error detected: Value 'Not A Domain' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern: "
        + '^[a-z0-9](?:[a-z0-9\\-.]{0,61}[a-z0-9])?$'),
  },
  UpdateUserPoolDomain: {
    async good() {
      const named = await domain();
      await idp.UpdateUserPoolDomain({ ...named, ManagedLoginVersion: 2 });
      assert.equal((await described(named.Domain)).ManagedLoginVersion, 2);
    },
    async bad() {
      const { Id } = await pool();
      await refused(idp.UpdateUserPoolDomain({ UserPoolId: Id, Domain: 'nobody-has-this', ManagedLoginVersion: 2 }), ...missing);
    },
  },
  DeleteUserPoolDomain: {
    async good() {
      const named = await domain();
      await idp.DeleteUserPoolDomain(named);
      assert.equal((await described(named.Domain)).UserPoolId, undefined);
      await idp.CreateUserPoolDomain({ UserPoolId: (await pool()).Id, Domain: named.Domain });
    },
    async bad() {
      const { Id } = await pool();
      const others = await domain();
      await refused(idp.DeleteUserPoolDomain({ UserPoolId: Id, Domain: others.Domain }), ...missing);
    },
  },
};
