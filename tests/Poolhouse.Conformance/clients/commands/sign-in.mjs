// Signing in, tokens, and their end.
import { claimsOf } from '../story.mjs';
import { clientOf, common, member, password, pool, signIn, start, user } from './scenes.mjs';
import { assert, idp, noClient, refused, unique } from './world.mjs';

const next = 'Other-horse-8';
const temporary = 'Temporary-1';
const revoked = ['NotAuthorizedException', 'Access Token has been revoked'];

/** Somebody who has to choose a password. */
async function invited(of) {
  const Username = unique('invited');
  await idp.AdminCreateUser({ UserPoolId: of.Id, Username, TemporaryPassword: temporary, MessageAction: 'SUPPRESS' });
  return Username;
}

const adminStart = (of, USERNAME, PASSWORD = password) => idp.AdminInitiateAuth({
  UserPoolId: of.Id, ClientId: of.ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD },
});

const refresh = (of, REFRESH_TOKEN) => idp.InitiateAuth({ ClientId: of.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } });

export default {
  InitiateAuth: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const { AccessToken, IdToken, RefreshToken } = await signIn(of, ann.name);
      assert.equal((await idp.GetUser({ AccessToken })).Username, ann.name);
      const fresh = (await refresh(of, RefreshToken)).AuthenticationResult;
      assert.equal(claimsOf(fresh.AccessToken).origin_jti, claimsOf(AccessToken).origin_jti);
      assert.equal(claimsOf(fresh.IdToken).auth_time, claimsOf(IdToken).auth_time);
      assert.equal(fresh.RefreshToken, undefined);
    },
    async bad() {
      const of = await common();
      const ann = await user(of);
      await refused(start(of, ann.name, 'Wrong-horse-7'), 'NotAuthorizedException', 'Incorrect username or password.');
      await refused(start(of, 'nobody'), 'UserNotFoundException', 'User does not exist.');
      await refused(start({ ClientId: noClient }, ann.name), 'ResourceNotFoundException', `User pool client ${noClient} does not exist.`);
      await refused(
        idp.InitiateAuth({ ClientId: of.ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: ann.name, SRP_A: 'ab' } }), 'InvalidParameterException',
        'USER_SRP_AUTH flow not enabled for this client');
      await refused(
        idp.InitiateAuth({ ClientId: of.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: ann.name } }), 'InvalidParameterException',
        'Missing required parameter PASSWORD');
      await refused(refresh(of, 'not.a.token'), 'NotAuthorizedException', 'Invalid Refresh Token');
    },
  },
  RespondToAuthChallenge: {
    async good() {
      const of = await common();
      const Username = await invited(of);
      const asked = await start(of, Username, temporary);
      assert.equal(asked.ChallengeName, 'NEW_PASSWORD_REQUIRED');
      const answered = await idp.RespondToAuthChallenge(answerOf(of, asked, Username));
      assert.equal((await idp.GetUser({ AccessToken: answered.AuthenticationResult.AccessToken })).Username, Username);
      assert.equal((await idp.AdminGetUser({ UserPoolId: of.Id, Username })).UserStatus, 'CONFIRMED');
      assert.ok((await signIn(of, Username, next)).AccessToken);
    },
    async bad() {
      const of = await common();
      const Username = await invited(of);
      const asked = await start(of, Username, temporary);
      await refused(
        idp.RespondToAuthChallenge(answerOf(of, asked, Username, 'Short-1')), 'InvalidPasswordException',
        'Password does not conform to policy: Password not long enough');
      await idp.RespondToAuthChallenge(answerOf(of, asked, Username));
      await refused(
        idp.RespondToAuthChallenge(answerOf(of, asked, Username)), 'NotAuthorizedException',
        'Invalid session for the user, session can only be used once.');
      await refused(
        idp.RespondToAuthChallenge({ ...answerOf(of, asked, Username), Session: 'x'.repeat(40) }), 'NotAuthorizedException', 'Invalid session for the user.');
    },
  },
  AdminInitiateAuth: {
    async good() {
      const of = await common();
      const ann = await user(of);
      const { AccessToken } = (await adminStart(of, ann.name)).AuthenticationResult;
      assert.equal((await idp.GetUser({ AccessToken })).Username, ann.name);
    },
    async bad() {
      const of = await common();
      const ann = await user(of);
      await refused(adminStart(of, ann.name, 'Wrong-horse-7'), 'NotAuthorizedException', 'Incorrect username or password.');
      const { ClientId } = await clientOf(of.Id, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
      await refused(adminStart({ ...of, ClientId }, ann.name), 'InvalidParameterException', 'Auth flow not enabled for this client');
      await refused(
        adminStart({ ...of, ClientId: noClient }, ann.name), 'ResourceNotFoundException', `User pool client ${noClient} does not exist in user pool ${of.Id}.`);
    },
  },
  AdminRespondToAuthChallenge: {
    async good() {
      const of = await common();
      const Username = await invited(of);
      const asked = await adminStart(of, Username, temporary);
      const answered = await idp.AdminRespondToAuthChallenge({ UserPoolId: of.Id, ...answerOf(of, asked, Username) });
      assert.equal((await idp.GetUser({ AccessToken: answered.AuthenticationResult.AccessToken })).Username, Username);
      assert.ok((await signIn(of, Username, next)).AccessToken);
    },
    async bad() {
      const of = await common();
      const Username = await invited(of);
      const asked = await adminStart(of, Username, temporary);
      const { NEW_PASSWORD, ...rest } = answerOf(of, asked, Username).ChallengeResponses;
      await refused(
        idp.AdminRespondToAuthChallenge({ UserPoolId: of.Id, ...answerOf(of, asked, Username), ChallengeResponses: rest }), 'InvalidParameterException',
        'Missing required parameter NEW_PASSWORD');
      await refused(
        idp.AdminRespondToAuthChallenge({ UserPoolId: of.Id, ...answerOf(of, asked, Username), ClientId: noClient }), 'ResourceNotFoundException',
        `User pool client ${noClient} does not exist in user pool ${of.Id}.`);
      assert.equal(NEW_PASSWORD, next);
    },
  },
  GetTokensFromRefreshToken: {
    async good() {
      const of = await common();
      const { ClientId } = await rotating(of);
      const ann = await user(of);
      const { RefreshToken } = await signIn({ ClientId }, ann.name);
      const fresh = (await idp.GetTokensFromRefreshToken({ ClientId, RefreshToken })).AuthenticationResult;
      assert.ok(fresh.RefreshToken && fresh.RefreshToken !== RefreshToken);
      assert.equal((await idp.GetUser({ AccessToken: fresh.AccessToken })).Username, ann.name);
    },
    async bad() {
      const of = await common();
      const { ClientId } = await rotating(of);
      const ann = await user(of);
      const { RefreshToken } = await signIn({ ClientId }, ann.name);
      await idp.GetTokensFromRefreshToken({ ClientId, RefreshToken });
      await refused(idp.GetTokensFromRefreshToken({ ClientId, RefreshToken }), 'RefreshTokenReuseException', 'Refresh token reuse detected');
      await refused(idp.GetTokensFromRefreshToken({ ClientId, RefreshToken: 'not.a.token' }), 'NotAuthorizedException', 'Invalid Refresh Token');
      await refused(refresh({ ClientId }, RefreshToken), 'UnsupportedOperationException', 'This API does not support refresh token rotation');
    },
  },
  RevokeToken: {
    async good() {
      const of = await common();
      const { tokens, AccessToken } = await member(of);
      await idp.RevokeToken({ ClientId: of.ClientId, Token: tokens.RefreshToken });
      await refused(refresh(of, tokens.RefreshToken), 'NotAuthorizedException', 'Refresh Token has been revoked');
      await refused(idp.GetUser({ AccessToken }), ...revoked);
    },
    async bad() {
      const of = await common();
      const { tokens, AccessToken } = await member(of);
      await refused(idp.RevokeToken({ ClientId: of.ClientId, Token: AccessToken }), 'UnsupportedTokenTypeException', 'Unsupported token type');
      const secretive = await clientOf(of.Id, { GenerateSecret: true });
      await refused(idp.RevokeToken({ ClientId: secretive.ClientId, Token: tokens.RefreshToken }), 'UnauthorizedException', 'Invalid client or secret');
    },
  },
  GlobalSignOut: {
    async good() {
      const of = await common();
      const ann = await member(of);
      const elsewhere = await signIn(of, ann.name);
      await idp.GlobalSignOut({ AccessToken: ann.AccessToken });
      for (const { AccessToken, RefreshToken } of [ann.tokens, elsewhere]) {
        await refused(idp.GetUser({ AccessToken }), ...revoked);
        await refused(refresh(of, RefreshToken), 'NotAuthorizedException', 'Refresh Token has been revoked');
      }
    },
    async bad() {
      const { tokens } = await member(await common());
      await refused(idp.GlobalSignOut({ AccessToken: tokens.IdToken }), 'NotAuthorizedException', 'Invalid Access Token');
    },
  },
  AdminUserGlobalSignOut: {
    async good() {
      const of = await common();
      const { UserPoolId, Username, AccessToken, tokens } = await member(of);
      await idp.AdminUserGlobalSignOut({ UserPoolId, Username });
      await refused(idp.GetUser({ AccessToken }), ...revoked);
      await refused(refresh(of, tokens.RefreshToken), 'NotAuthorizedException', 'Refresh Token has been revoked');
    },
    async bad() {
      const { Id } = await common();
      await refused(idp.AdminUserGlobalSignOut({ UserPoolId: Id, Username: 'nobody' }), 'UserNotFoundException', 'User does not exist.');
    },
  },
  GetClientToken: {
    async good() {
      const { Id } = await pool();
      await idp.CreateResourceServer({ UserPoolId: Id, Identifier: 'api', Name: 'Api', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }] });
      const machine = await clientOf(Id, { GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'], AllowedOAuthScopes: ['api/read'] });
      const { ClientAuthenticationResult } = await idp.GetClientToken({ ClientId: machine.ClientId, Secret: machine.ClientSecret, Scopes: ['api/read'] });
      const claims = claimsOf(ClientAuthenticationResult.AccessToken);
      assert.deepEqual([claims.sub, claims.client_id, claims.scope, claims.token_use], [machine.ClientId, machine.ClientId, 'api/read', 'access']);
      await refused(
        idp.GetUser({ AccessToken: ClientAuthenticationResult.AccessToken }), 'NotAuthorizedException', 'Invalid Access Token');
    },
    async bad() {
      const of = await common();
      const machine = await clientOf(of.Id, { GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] });
      await refused(idp.GetClientToken({ ClientId: machine.ClientId, Secret: 'x'.repeat(40) }), 'NotAuthorizedException', 'Invalid client or secret');
      const other = await clientOf(of.Id, { GenerateSecret: true });
      await refused(
        idp.GetClientToken({ ClientId: other.ClientId, Secret: other.ClientSecret }), 'InvalidParameterException',
        'CLIENT_TOKEN_AUTH flow not enabled for this client');
    },
  },
};

function answerOf(of, asked, USERNAME, NEW_PASSWORD = next) {
  return { ClientId: of.ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: asked.Session, ChallengeResponses: { USERNAME, NEW_PASSWORD } };
}

function rotating(of) {
  return clientOf(of.Id, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
}
