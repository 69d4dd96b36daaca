// Sessions of users, and what pools and clients say of them.
import { common, member, pool, signIn, user } from './scenes.mjs';
import { assert, idp, noClient, noPool, noPoolMessage, once, refused } from './world.mjs';

const tracked = () => once('sessions', async () => {
  const made = await pool({ AutoVerifiedAttributes: ['email'] });
  await idp.SetUserPoolSessionConfiguration({ UserPoolId: made.Id, ...tracking(10) });
  return made;
});

const off = ['OperationNotEnabledException', 'Session tracking is not enabled for the user pool.'];
const missing = ['ResourceNotFoundException', 'Session does not exist.'];
const unknown = '00000000-0000-4000-8000-000000000000';
const own = async ({ AccessToken }) => (await idp.ListUserSessions({ AccessToken })).Sessions;
const seen = async ({ UserPoolId, Username }) => (await idp.AdminListUserSessions({ UserPoolId, Username })).Sessions;

/** Somebody with two sessions: the second is `elsewhere`. */
async function twice() {
  const of = await tracked();
  const ann = await member(of);
  return { ...ann, of, elsewhere: await signIn(of, ann.name) };
}

export default {
  SetUserPoolSessionConfiguration: {
    async good() {
      const of = await pool();
      await idp.SetUserPoolSessionConfiguration({ UserPoolId: of.Id, ...tracking(1) });
      const { UserSessionTracking, TokenSession } = await idp.GetUserPoolSessionConfiguration({ UserPoolId: of.Id });
      assert.deepEqual([UserSessionTracking, TokenSession], ['ENABLED', { MaxPerUser: 1 }]);
      const ann = await member(of);
      await signIn(of, ann.name);
      assert.equal((await seen(ann)).length, 1);
    },
    async bad() {
      const { Id } = await common();
      await refused(
        idp.SetUserPoolSessionConfiguration({ UserPoolId: Id, ...tracking(101) }), 'InvalidParameterException',
        "1 validation error detected: Value '101' at 'tokenSession.maxPerUser' failed to satisfy constraint: Member must have value less than or equal to 100");
      await refused(idp.SetUserPoolSessionConfiguration({ UserPoolId: noPool, ...tracking(1) }), 'ResourceNotFoundException', noPoolMessage);
    },
  },
  GetUserPoolSessionConfiguration: {
    async good() {
      const { Id } = await pool();
      assert.equal((await idp.GetUserPoolSessionConfiguration({ UserPoolId: Id })).UserSessionTracking, 'DISABLED');
      await idp.SetUserPoolSessionConfiguration({ UserPoolId: Id, ...tracking(7) });
      assert.deepEqual((await idp.GetUserPoolSessionConfiguration({ UserPoolId: Id })).TokenSession, { MaxPerUser: 7 });
    },
    bad: () => refused(idp.GetUserPoolSessionConfiguration({ UserPoolId: noPool }), 'ResourceNotFoundException', noPoolMessage),
  },
  SetUserPoolClientSessionConfiguration: {
    async good() {
      const { Id, ClientId } = await common();
      await idp.SetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId, SSOSession: { MaxValidityMinutes: 60 } });
      assert.deepEqual((await idp.GetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId })).SSOSession, { MaxValidityMinutes: 60 });
    },
    async bad() {
      const { Id, ClientId } = await common();
      await refused(
        idp.SetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId, SSOSession: { MaxValidityMinutes: -1 } }), 'InvalidParameterException',
        "1 validation error detected: Value '-1' at 'sSOSession.maxValidityMinutes' failed to satisfy constraint: Member must have value greater than or equal to 0");
      await refused(
        idp.SetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId: noClient, SSOSession: { MaxValidityMinutes: 60 } }), 'ResourceNotFoundException',
        'User pool client does not exist.');
    },
  },
  GetUserPoolClientSessionConfiguration: {
    async good() {
      const { Id, ClientId } = await pool();
      const found = await idp.GetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId });
      assert.deepEqual([found.UserPoolId, found.ClientId, found.SSOSession], [Id, ClientId, { MaxValidityMinutes: 60 }]);
    },
    async bad() {
      const { Id } = await common();
      await refused(
        idp.GetUserPoolClientSessionConfiguration({ UserPoolId: Id, ClientId: noClient }), 'ResourceNotFoundException', 'User pool client does not exist.');
    },
  },
  ListUserSessions: {
    async good() {
      const ann = await twice();
      const sessions = await own(ann);
      assert.equal(sessions.length, 2);
      assert.equal(sessions.filter((s) => s.IsCurrentSession).length, 1);
      assert.deepEqual(sessions.map((s) => s.SessionId).sort(), (await seen(ann)).map((s) => s.SessionId).sort());
    },
    async bad() {
      await refused(idp.ListUserSessions({ AccessToken: (await member(await common())).AccessToken }), ...off);
    },
  },
  AdminListUserSessions: {
    async good() {
      const ann = await twice();
      const sessions = await seen(ann);
      assert.equal(sessions.length, 2);
      assert.ok(sessions.every((s) => s.ClientId === ann.of.ClientId && s.SessionType === 'TOKEN' && s.CreateDate instanceof Date));
      await idp.GlobalSignOut({ AccessToken: ann.AccessToken });
      assert.deepEqual(await seen(ann), []);
    },
    async bad() {
      const of = await common();
      await refused(idp.AdminListUserSessions({ UserPoolId: of.Id, Username: (await user(of)).name }), ...off);
      await refused(
        idp.AdminListUserSessions({ UserPoolId: (await tracked()).Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
  RevokeUserSession: {
    async good() {
      const ann = await twice();
      const other = (await own(ann)).find((s) => !s.IsCurrentSession);
      await idp.RevokeUserSession({ AccessToken: ann.AccessToken, SessionId: other.SessionId });
      await refused(idp.GetUser({ AccessToken: ann.elsewhere.AccessToken }), 'NotAuthorizedException', 'Access Token has been revoked');
      assert.equal((await own(ann)).length, 1);
    },
    async bad() {
      const ann = await twice();
      const { AccessToken } = ann;
      await refused(idp.RevokeUserSession({ AccessToken, SessionId: unknown }), ...missing);
      const current = (await own(ann)).find((s) => s.IsCurrentSession);
      await refused(
        idp.RevokeUserSession({ AccessToken, SessionId: current.SessionId }), 'InvalidParameterException',
        "The session of the access token can't be revoked by itself; use GlobalSignOut or RevokeToken.");
    },
  },
  AdminRevokeUserSession: {
    async good() {
      const ann = await twice();
      const current = (await own(ann)).find((s) => s.IsCurrentSession);
      await idp.AdminRevokeUserSession({ UserPoolId: ann.of.Id, Username: ann.name, SessionId: current.SessionId });
      await refused(idp.GetUser({ AccessToken: ann.AccessToken }), 'NotAuthorizedException', 'Access Token has been revoked');
      assert.ok((await idp.GetUser({ AccessToken: ann.elsewhere.AccessToken })).Username);
    },
    async bad() {
      const ann = await twice();
      await refused(idp.AdminRevokeUserSession({ UserPoolId: ann.of.Id, Username: ann.name, SessionId: unknown }), ...missing);
    },
  },
};

function tracking(MaxPerUser) {
  return { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser } };
}
