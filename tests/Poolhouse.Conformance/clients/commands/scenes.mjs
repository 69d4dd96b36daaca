// Pools, clients and users as scenarios need them.
import { idp, once, unique } from './world.mjs';

export const password = 'Correct-horse-7';
export const flows = [
  'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH',
];

/** A pool of one's own with a client: Id, Arn and ClientId. */
export async function pool(settings = {}, client = {}) {
  const { UserPool } = await idp.CreateUserPool({ PoolName: 'Commands', ...settings });
  const app = await clientOf(UserPool.Id, client);
  return { Id: UserPool.Id, Arn: UserPool.Arn, ClientId: app.ClientId, ClientSecret: app.ClientSecret };
}

/** Another client of a pool. */
export async function clientOf(UserPoolId, client = {}) {
  return (await idp.CreateUserPoolClient({ UserPoolId, ClientName: 'Commands', ExplicitAuthFlows: flows, ...client })).UserPoolClient;
}

/** The pool of all scenarios that need nothing special. */
export const common = () => once('common', () => pool({
  AutoVerifiedAttributes: ['email'],
  Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MinLength: '0', MaxLength: '16' } }],
}));

/** One whose users may have any second factor. */
export const factors = () => once('factors', async () => {
  const made = await pool({ AutoVerifiedAttributes: ['email', 'phone_number'], SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } });
  await idp.SetUserPoolMfaConfig({
    UserPoolId: made.Id, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true },
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } },
  });
  return made;
});

/** A confirmed user with a verified address and a password. */
export async function user(of, attributes = {}) {
  const name = unique('user');
  const email = `${name}@example.com`;
  const all = { email, email_verified: 'true', ...attributes };
  await idp.AdminCreateUser({
    UserPoolId: of.Id, Username: name, MessageAction: 'SUPPRESS', UserAttributes: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
  });
  await idp.AdminSetUserPassword({ UserPoolId: of.Id, Username: name, Password: password, Permanent: true });
  return { name, email, UserPoolId: of.Id, Username: name };
}

/** USER_PASSWORD_AUTH: the whole answer. */
export const start = (of, username, secret = password, more = {}) => idp.InitiateAuth({
  ClientId: of.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: secret, ...more },
});

/** The tokens of a sign-in. */
export async function signIn(of, username, secret = password) {
  const answer = await start(of, username, secret);
  if (!answer.AuthenticationResult) throw new Error(`${answer.ChallengeName} was asked.`);
  return answer.AuthenticationResult;
}

/** Who was made by `user`, signed in. */
export async function member(of, attributes) {
  const made = await user(of, attributes);
  const tokens = await signIn(of, made.name);
  return { ...made, tokens, AccessToken: tokens.AccessToken };
}

/** Attributes of an answer as one object. */
export const attributesOf = (list) => Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));

/** An administrator's look at a user's attributes. */
export const looked = async ({ UserPoolId, Username }) => attributesOf((await idp.AdminGetUser({ UserPoolId, Username })).UserAttributes);
