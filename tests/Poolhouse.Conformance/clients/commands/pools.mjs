// User pools themselves: settings, schema, second factors, tags, certificates, replicas and logs.
import { X509Certificate, createPublicKey, createVerify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { headerOf } from '../story.mjs';
import { factors, common, looked, pool, signIn, start, user } from './scenes.mjs';
import { assert, idp, noPool, noPoolMessage, refused, unique, until } from './world.mjs';
import { logGroup } from './logs.mjs';

const described = async (UserPoolId) => (await idp.DescribeUserPool({ UserPoolId })).UserPool;
const tagsOf = async (ResourceArn) => (await idp.ListTagsForResource({ ResourceArn })).Tags;
const ofNone = (operation, more = {}) => () => refused(idp[operation]({ UserPoolId: noPool, ...more }), 'ResourceNotFoundException', noPoolMessage);
const level = (more = {}) => ({ Name: 'level', AttributeDataType: 'Number', Mutable: true, ...more });

export default {
  CreateUserPool: {
    async good() {
      const { UserPool } = await idp.CreateUserPool({ PoolName: 'Made', Policies: { PasswordPolicy: { MinimumLength: 12 } }, UserPoolTags: { made: 'yes' } });
      assert.match(UserPool.Id, /^us-east-1_[A-Za-z0-9]{9}$/);
      const found = await described(UserPool.Id);
      assert.equal(found.Name, 'Made');
      assert.equal(found.Policies.PasswordPolicy.MinimumLength, 12);
      assert.deepEqual(found.UserPoolTags, { made: 'yes' });
    },
    bad: () => refused(
      idp.CreateUserPool({ PoolName: 'Both', AliasAttributes: ['email'], UsernameAttributes: ['email'] }), 'InvalidParameterException',
      'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.'),
  },
  DescribeUserPool: {
    async good() {
      const { UserPool } = await idp.CreateUserPool({ PoolName: 'Described', AliasAttributes: ['email'] });
      const found = await described(UserPool.Id);
      assert.deepEqual([found.Arn, found.AliasAttributes, found.Name], [UserPool.Arn, ['email'], 'Described']);
    },
    bad: ofNone('DescribeUserPool'),
  },
  UpdateUserPool: {
    async good() {
      const { Id, ClientId } = await pool();
      await idp.UpdateUserPool({ UserPoolId: Id, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
      assert.equal((await described(Id)).AdminCreateUserConfig.AllowAdminCreateUserOnly, true);
      await refused(
        idp.SignUp({ ClientId, Username: 'ann', Password: 'Correct-horse-7' }), 'NotAuthorizedException', 'SignUp is not permitted for this user pool');
    },
    async bad() {
      const { Id } = await pool();
      await refused(
        idp.UpdateUserPool({ UserPoolId: Id, MfaConfiguration: 'ON' }), 'InvalidParameterException',
        'Cannot turn MFA functionality ON, once the user pool has been created.');
      await ofNone('UpdateUserPool')();
    },
  },
  DeleteUserPool: {
    async good() {
      const { Id, ClientId } = await pool();
      await idp.DeleteUserPool({ UserPoolId: Id });
      await refused(idp.DescribeUserPool({ UserPoolId: Id }), 'ResourceNotFoundException', `User pool ${Id} does not exist.`);
      await refused(start({ ClientId }, 'ann'), 'ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
    },
    async bad() {
      await ofNone('DeleteUserPool')();
      const { Id } = await pool();
      await idp.CreateUserPoolDomain({ UserPoolId: Id, Domain: unique('kept') });
      await refused(
        idp.DeleteUserPool({ UserPoolId: Id }), 'InvalidParameterException',
        'User pool cannot be deleted. It has a domain configured that should be deleted first.');
    },
  },
  ListUserPools: {
    async good() {
      const { Id } = await pool();
      const ids = [];
      let NextToken;
      do {
        const page = await idp.ListUserPools({ MaxResults: 3, NextToken });
        ids.push(...page.UserPools.map((listed) => listed.Id));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.ok(ids.includes(Id));
      assert.equal(new Set(ids).size, ids.length);
    },
    bad: () => refused(
      idp.ListUserPools({ MaxResults: 61 }), 'InvalidParameterException',
      "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60"),
  },
  AddCustomAttributes: {
    async good() {
      const made = await pool();
      await idp.AddCustomAttributes({ UserPoolId: made.Id, CustomAttributes: [level({ NumberAttributeConstraints: { MaxValue: '9' } })] });
      assert.ok((await described(made.Id)).SchemaAttributes.some((a) => a.Name === 'custom:level' && a.NumberAttributeConstraints.MaxValue === '9'));
      const ann = await user(made, { 'custom:level': '3' });
      assert.equal((await looked(ann))['custom:level'], '3');
    },
    async bad() {
      const { Id } = await pool({ Schema: [level()] });
      await refused(
        idp.AddCustomAttributes({ UserPoolId: Id, CustomAttributes: [level()] }), 'InvalidParameterException',
        'custom:level: Existing attribute already has name custom:level.');
      await refused(
        idp.AddCustomAttributes({ UserPoolId: Id, CustomAttributes: [level({ Name: 'needed', Required: true })] }), 'InvalidParameterException',
        'Required custom attributes are not supported currently.');
    },
  },
  GetSigningCertificate: {
    async good() {
      const { Id, ClientId } = await common();
      const { Certificate } = await idp.GetSigningCertificate({ UserPoolId: Id });
      const ann = await user({ Id });
      const { IdToken } = await signIn({ ClientId }, ann.name);
      const [header, payload, signature] = IdToken.split('.');
      assert.equal(headerOf(IdToken).alg, 'RS256');
      const key = createPublicKey(new X509Certificate(Buffer.from(Certificate, 'base64')).publicKey.export({ type: 'spki', format: 'pem' }));
      assert.ok(createVerify('RSA-SHA256').update(`${header}.${payload}`).verify(key, Buffer.from(signature, 'base64url')));
    },
    bad: ofNone('GetSigningCertificate'),
  },
  GetUserPoolMfaConfig: {
    async good() {
      const { Id } = await pool();
      assert.equal((await idp.GetUserPoolMfaConfig({ UserPoolId: Id })).MfaConfiguration, 'OFF');
      await idp.SetUserPoolMfaConfig({ UserPoolId: Id, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } });
      const set = await idp.GetUserPoolMfaConfig({ UserPoolId: Id });
      assert.deepEqual([set.MfaConfiguration, set.SoftwareTokenMfaConfiguration], ['OPTIONAL', { Enabled: true }]);
    },
    bad: ofNone('GetUserPoolMfaConfig'),
  },
  SetUserPoolMfaConfig: {
    async good() {
      const made = await pool();
      const ann = await user(made);
      await idp.SetUserPoolMfaConfig({ UserPoolId: made.Id, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
      assert.equal((await start(made, ann.name)).ChallengeName, 'MFA_SETUP');
      assert.equal((await described(made.Id)).MfaConfiguration, 'ON');
    },
    async bad() {
      const { Id } = await factors();
      await refused(
        idp.SetUserPoolMfaConfig({ UserPoolId: Id, MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: true } }), 'InvalidParameterException',
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
      await ofNone('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF' })();
    },
  },
  TagResource: {
    async good() {
      const { Id, Arn } = await pool({ UserPoolTags: { kept: '1', changed: '1' } });
      await idp.TagResource({ ResourceArn: Arn, Tags: { changed: '2', added: '3' } });
      assert.deepEqual((await described(Id)).UserPoolTags, { kept: '1', changed: '2', added: '3' });
    },
    bad: () => refused(idp.TagResource({ ResourceArn: 'arn:aws:s3:us-east-1:000000000000:bucket', Tags: { a: 'b' } }), 'InvalidParameterException', 'Invalid user pool ARN.'),
  },
  UntagResource: {
    async good() {
      const { Arn } = await pool({ UserPoolTags: { kept: '1', gone: '1' } });
      await idp.UntagResource({ ResourceArn: Arn, TagKeys: ['gone', 'never'] });
      assert.deepEqual(await tagsOf(Arn), { kept: '1' });
    },
    bad: () => refused(
      idp.UntagResource({ ResourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${noPool}`, TagKeys: ['a'] }), 'ResourceNotFoundException', noPoolMessage),
  },
  ListTagsForResource: {
    async good() {
      const { Arn } = await pool({ UserPoolTags: { purpose: 'list' } });
      assert.deepEqual(await tagsOf(Arn), { purpose: 'list' });
    },
    bad: () => refused(
      idp.ListTagsForResource({ ResourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${noPool}` }), 'ResourceNotFoundException', noPoolMessage),
  },
  // There are no other regions here: the three that change replicas say so, whatever is sent.
  CreateUserPoolReplica: {
    neverSucceeds: true,
    async good() {
      const { Id } = await common();
      await refused(
        idp.CreateUserPoolReplica({ UserPoolId: Id, RegionName: 'eu-west-1' }), 'OperationNotEnabledException',
        'This server has no other regions: run more nodes on one database, and replicate the database.');
      assert.deepEqual((await idp.ListUserPoolReplicas({ UserPoolId: Id })).UserPoolReplicas, []);
    },
    bad: ofNone('CreateUserPoolReplica', { RegionName: 'eu-west-1' }),
  },
  UpdateUserPoolReplica: {
    neverSucceeds: true,
    async good() {
      const { Id } = await common();
      await refused(
        idp.UpdateUserPoolReplica({ UserPoolId: Id, RegionName: 'eu-west-1', Status: 'ACTIVE' }), 'ResourceNotFoundException',
        `User pool ${Id} has no replica in eu-west-1.`);
      assert.deepEqual((await idp.ListUserPoolReplicas({ UserPoolId: Id })).UserPoolReplicas, []);
    },
    bad: ofNone('UpdateUserPoolReplica', { RegionName: 'eu-west-1', Status: 'ACTIVE' }),
  },
  DeleteUserPoolReplica: {
    neverSucceeds: true,
    async good() {
      const { Id } = await common();
      await refused(
        idp.DeleteUserPoolReplica({ UserPoolId: Id, RegionName: 'eu-west-1' }), 'ResourceNotFoundException', `User pool ${Id} has no replica in eu-west-1.`);
      assert.deepEqual((await idp.ListUserPoolReplicas({ UserPoolId: Id })).UserPoolReplicas, []);
    },
    bad: ofNone('DeleteUserPoolReplica', { RegionName: 'eu-west-1' }),
  },
  ListUserPoolReplicas: {
    async good() {
      const { Id } = await pool();
      assert.deepEqual((await idp.ListUserPoolReplicas({ UserPoolId: Id })).UserPoolReplicas, []);
    },
    bad: ofNone('ListUserPoolReplicas'),
  },
  SetLogDeliveryConfiguration: {
    async good() {
      const { Id, ClientId } = await pool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } });
      await idp.SetLogDeliveryConfiguration({ UserPoolId: Id, LogConfigurations: [activity(logGroup().arn)] });
      const ann = await user({ Id });
      await signIn({ ClientId }, ann.name);
      const line = await until(
        async () => (await readFile(logGroup().file, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(JSON.parse)
          .find((l) => l.logSourceId.userPoolId === Id && l.message.eventType === 'SignIn'),
        Boolean);
      assert.equal(line.message.userName, ann.name);
    },
    async bad() {
      const { Id } = await common();
      const nowhere = 'arn:aws:logs:us-east-1:000000000000:log-group:nowhere';
      await refused(
        idp.SetLogDeliveryConfiguration({ UserPoolId: Id, LogConfigurations: [{ ...activity(logGroup().arn), LogLevel: 'ERROR' }] }), 'InvalidParameterException',
        'The LogLevel of userAuthEvents must be INFO.');
      const { Id: plus } = await pool({ UserPoolTier: 'PLUS' });
      await refused(
        idp.SetLogDeliveryConfiguration({ UserPoolId: plus, LogConfigurations: [activity(nowhere)] }), 'InvalidParameterException',
        `The log destination ${nowhere} does not exist.`);
    },
  },
  GetLogDeliveryConfiguration: {
    async good() {
      const { Id } = await pool({ UserPoolTier: 'PLUS' });
      await idp.SetLogDeliveryConfiguration({ UserPoolId: Id, LogConfigurations: [activity(logGroup().arn)] });
      const { LogDeliveryConfiguration } = await idp.GetLogDeliveryConfiguration({ UserPoolId: Id });
      assert.deepEqual(LogDeliveryConfiguration, { UserPoolId: Id, LogConfigurations: [activity(logGroup().arn)] });
    },
    bad: ofNone('GetLogDeliveryConfiguration'),
  },
};

function activity(LogGroupArn) {
  return { LogLevel: 'INFO', EventSource: 'userAuthEvents', CloudWatchLogsConfiguration: { LogGroupArn } };
}
