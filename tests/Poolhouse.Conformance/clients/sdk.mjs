// The AWS SDK for JavaScript v3: a pool of our own, a client with a secret, aliases, custom attributes, and how calls are refused.
import { createHmac } from 'node:crypto';
import {
  AdminDeleteUserCommand, AdminDisableUserCommand, AdminEnableUserCommand, AdminGetUserCommand, AdminInitiateAuthCommand, AdminRespondToAuthChallengeCommand,
  AdminUpdateUserAttributesCommand, ConfirmSignUpCommand, DeleteUserPoolCommand, DescribeUserPoolClientCommand, DescribeUserPoolCommand, ForgotPasswordCommand,
  GetUserCommand, InitiateAuthCommand, ListUserPoolClientsCommand, ListUserPoolsCommand, ListUsersCommand, ResendConfirmationCodeCommand, RevokeTokenCommand,
  SignUpCommand, UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { adminOf } from './admin.mjs';
import { claimsOf, codeFor, headerOf, refusal, tell, unique } from './story.mjs';

await tell(async (facts, { url }) => {
  const admin = adminOf(url);
  const { call } = admin;
  const pool = await admin.pool({
    AliasAttributes: ['email', 'preferred_username'],
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MinLength: '1', MaxLength: '32' } },
      { Name: 'level', AttributeDataType: 'Number', Mutable: true, NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' } },
      { Name: 'email', Required: true, AttributeDataType: 'String', Mutable: true },
    ],
    UserPoolTags: { purpose: 'conformance' },
  });
  const app = await admin.app(pool, {
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AccessTokenValidity: 10,
    IdTokenValidity: 20,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
  });
  const ClientId = app.ClientId;
  const hash = (username) => createHmac('sha256', app.ClientSecret).update(username + ClientId).digest('base64');

  facts.poolIdLooks = /^us-east-1_[A-Za-z0-9]{9}$/.test(pool.Id);
  facts.poolDates = pool.CreationDate instanceof Date && Math.abs(Date.now() - pool.CreationDate) < 600_000 && pool.LastModifiedDate instanceof Date;
  facts.clientLooks = { id: /^[a-z0-9]{26}$/.test(ClientId), secret: /^[a-z0-9]{50,52}$/.test(app.ClientSecret) };
  const described = await call(new DescribeUserPoolCommand({ UserPoolId: pool.Id }));
  facts.requestId = described.$metadata.requestId;
  facts.customAttributes = described.UserPool.SchemaAttributes.filter((a) => a.Name.startsWith('custom:'));
  facts.tags = described.UserPool.UserPoolTags;
  facts.describedSecret = (await call(new DescribeUserPoolClientCommand({ UserPoolId: pool.Id, ClientId }))).UserPoolClient.ClientSecret === app.ClientSecret;
  facts.listsPool = (await call(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools.some((p) => p.Id === pool.Id);
  facts.listsClient = (await call(new ListUserPoolClientsCommand({ UserPoolId: pool.Id, MaxResults: 60 }))).UserPoolClients.map((c) => c.ClientId).join() === ClientId;
  facts.poolAfterUpdate = await call(new UpdateUserPoolCommand({
    UserPoolId: pool.Id, AutoVerifiedAttributes: ['email'], Policies: { PasswordPolicy: { MinimumLength: 10, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true } },
  })).then(() => call(new DescribeUserPoolCommand({ UserPoolId: pool.Id }))).then((r) => r.UserPool.Policies.PasswordPolicy.MinimumLength);

  // Sign-up and sign-in with a client that has a secret.
  const name = unique('ann');
  const email = `${name}@example.com`;
  const Password = 'Correct-horse-7';
  const UserAttributes = [{ Name: 'email', Value: email }, { Name: 'custom:tenant', Value: 'north' }, { Name: 'custom:level', Value: '3' }];
  const signUp = { ClientId, Username: name, Password, UserAttributes };
  facts.noSecretHash = await refusal(call(new SignUpCommand(signUp)));
  facts.wrongSecretHash = await refusal(call(new SignUpCommand({ ...signUp, SecretHash: hash('somebody') })));
  facts.weakPassword = await refusal(call(new SignUpCommand({ ...signUp, Password: 'Correct-7', SecretHash: hash(name) })));
  facts.missingAttribute = await refusal(call(new SignUpCommand({ ...signUp, UserAttributes: [], SecretHash: hash(name) })));
  facts.unknownAttribute = await refusal(call(new SignUpCommand({
    ...signUp, UserAttributes: [...UserAttributes, { Name: 'custom:x', Value: '1' }], SecretHash: hash(name),
  })));
  facts.aliasAsName = await refusal(call(new SignUpCommand({ ...signUp, Username: email, SecretHash: hash(email) })));
  const made = await call(new SignUpCommand({ ...signUp, SecretHash: hash(name) }));
  facts.signUp = { confirmed: made.UserConfirmed, sub: made.UserSub, delivery: made.CodeDeliveryDetails };
  facts.nameTaken = await refusal(call(new SignUpCommand({ ...signUp, SecretHash: hash(name) })));
  const confirm = { ClientId, Username: name, SecretHash: hash(name) };
  const code = await codeFor(url, email);
  facts.wrongCode = await refusal(call(new ConfirmSignUpCommand({ ...confirm, ConfirmationCode: code === '000000' ? '000001' : '000000' })));
  facts.aliasBeforeConfirmation = await refusal(call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: email, PASSWORD: Password, SECRET_HASH: hash(email) },
  })));
  facts.unconfirmed = await refusal(call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: name, PASSWORD: Password, SECRET_HASH: hash(name) },
  })));
  await call(new ConfirmSignUpCommand({ ...confirm, ConfirmationCode: code }));
  facts.confirmedTwice = await refusal(call(new ConfirmSignUpCommand({ ...confirm, ConfirmationCode: code })));
  facts.resendConfirmed = await refusal(call(new ResendConfirmationCodeCommand(confirm)));

  const signIn = (username, password = Password, secretHash = hash(username)) => call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: password, ...(secretHash ? { SECRET_HASH: secretHash } : {}) },
  }));
  const byName = (await signIn(name)).AuthenticationResult;
  facts.tokenHeader = headerOf(byName.AccessToken);
  facts.lifetimes = {
    told: byName.ExpiresIn,
    access: claimsOf(byName.AccessToken).exp - claimsOf(byName.AccessToken).iat,
    id: claimsOf(byName.IdToken).exp - claimsOf(byName.IdToken).iat,
  };
  facts.customClaims = { tenant: claimsOf(byName.IdToken)['custom:tenant'], level: claimsOf(byName.IdToken)['custom:level'] };
  facts.byAlias = claimsOf((await signIn(email)).AuthenticationResult.AccessToken).username === name;
  facts.signInWithoutHash = await refusal(signIn(name, Password, null));
  facts.signInWithWrongHash = await refusal(signIn(name, Password, hash(email)));
  facts.wrongPassword = await refusal(signIn(name, 'Wrong-horse-7'));
  facts.unknownUser = await refusal(signIn('nobody'));
  facts.unknownClient = await refusal(call(new InitiateAuthCommand({
    ClientId: '0123456789abcdefghijklmnop', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: name, PASSWORD: Password },
  })));
  facts.flowNotEnabled = await refusal(call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: name, SRP_A: 'ab', SECRET_HASH: hash(name) },
  })));
  facts.adminFlowInPublic = await refusal(call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: name, PASSWORD: Password, SECRET_HASH: hash(name) },
  })));

  // Refreshing has no name in it: the hash is over the user's own.
  const refresh = (secretHash, token = byName.RefreshToken) => call(new InitiateAuthCommand({
    ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: token, ...(secretHash ? { SECRET_HASH: secretHash } : {}) },
  }));
  const refreshed = await refresh(hash(name));
  facts.refresh = { tokens: Object.keys(refreshed.AuthenticationResult).sort(), parameters: refreshed.ChallengeParameters };
  facts.refreshBySub = (await refresh(hash(made.UserSub))).AuthenticationResult.ExpiresIn;
  facts.refreshWithoutHash = await refusal(refresh(null));
  facts.refreshGarbage = await refusal(refresh(hash(name), 'not.a.refresh.token'));

  // The user's own view, and an administrator's.
  const own = await call(new GetUserCommand({ AccessToken: byName.AccessToken }));
  facts.ownAttributes = Object.fromEntries(own.UserAttributes.map((a) => [a.Name, a.Value]));
  facts.ownName = own.Username === name;
  facts.idTokenInstead = await refusal(call(new GetUserCommand({ AccessToken: byName.IdToken })));
  facts.tamperedToken = await refusal(call(new GetUserCommand({ AccessToken: tamper(byName.AccessToken) })));
  const got = await call(new AdminGetUserCommand({ UserPoolId: pool.Id, Username: email }));
  facts.adminView = { status: got.UserStatus, enabled: got.Enabled, dates: got.UserCreateDate instanceof Date && got.UserLastModifiedDate instanceof Date };
  facts.adminUnknownUser = await refusal(call(new AdminGetUserCommand({ UserPoolId: pool.Id, Username: 'nobody' })));
  facts.unknownPool = await refusal(call(new AdminGetUserCommand({ UserPoolId: 'us-east-1_NoSuchPool', Username: name })));
  facts.immutable = await refusal(call(new AdminUpdateUserAttributesCommand({
    UserPoolId: pool.Id, Username: name, UserAttributes: [{ Name: 'custom:tenant', Value: 'south' }],
  })));
  facts.tooManyResults = await refusal(call(new ListUsersCommand({ UserPoolId: pool.Id, Limit: 61 })));
  facts.badFilter = await refusal(call(new ListUsersCommand({ UserPoolId: pool.Id, Filter: 'custom:tenant = "north"' })));
  facts.found = (await call(new ListUsersCommand({ UserPoolId: pool.Id, Filter: `email ^= "${name}"` }))).Users.map((u) => u.Username).join() === name;

  await call(new AdminDisableUserCommand({ UserPoolId: pool.Id, Username: name }));
  facts.disabled = await refusal(signIn(name));
  await call(new AdminEnableUserCommand({ UserPoolId: pool.Id, Username: name }));
  facts.revoked = (await call(new RevokeTokenCommand({ ClientId, ClientSecret: app.ClientSecret, Token: byName.RefreshToken }))).$metadata.httpStatusCode;
  facts.refreshRevoked = await refusal(refresh(hash(name)));
  facts.revokeWithoutSecret = await refusal(call(new RevokeTokenCommand({ ClientId, Token: byName.RefreshToken })));
  facts.forgotUnknown = await refusal(call(new ForgotPasswordCommand({ ClientId, Username: 'nobody', SecretHash: hash('nobody') })));

  // An invited user signs in by the alias: the second hash is over the name that the challenge told.
  const invited = unique('bob');
  const address = `${invited}@example.com`;
  await admin.user(pool, invited, 'Temporary-1', { temporary: true, attributes: { email: address, email_verified: 'true' } });
  const asked = await call(new AdminInitiateAuthCommand({
    UserPoolId: pool.Id, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: address, PASSWORD: 'Temporary-1', SECRET_HASH: hash(address) },
  }));
  const inner = asked.ChallengeParameters.USER_ID_FOR_SRP;
  facts.challenge = { name: asked.ChallengeName, inner: inner === invited, parameters: Object.keys(asked.ChallengeParameters).sort() };
  const answered = await call(new AdminRespondToAuthChallengeCommand({
    UserPoolId: pool.Id, ClientId, ChallengeName: asked.ChallengeName, Session: asked.Session,
    ChallengeResponses: { USERNAME: inner, NEW_PASSWORD: 'Correct-horse-7', SECRET_HASH: hash(inner) },
  }));
  facts.answeredChallenge = claimsOf(answered.AuthenticationResult.IdToken)['cognito:username'] === invited;

  // Nothing to say is said with an empty body.
  facts.deletedUser = (await call(new AdminDeleteUserCommand({ UserPoolId: pool.Id, Username: invited }))).$metadata.httpStatusCode;
  facts.deletedPool = (await call(new DeleteUserPoolCommand({ UserPoolId: pool.Id }))).$metadata.httpStatusCode;
  facts.goneAfterwards = await refusal(call(new DescribeUserPoolCommand({ UserPoolId: pool.Id })));
  facts.poolId = pool.Id;
  facts.clientId = ClientId;
});

/** Another signature over the same claims. */
function tamper(token) {
  const [header, payload, signature] = token.split('.');
  const other = signature[9] === 'A' ? 'B' : 'A';
  return [header, payload, signature.slice(0, 9) + other + signature.slice(10)].join('.');
}
