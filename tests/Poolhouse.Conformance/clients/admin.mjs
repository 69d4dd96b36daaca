// The administrator's side, by the AWS SDK: what other stories need to begin.
import {
  AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient, CreateUserPoolClientCommand, CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

export function adminOf(url) {
  const client = new CognitoIdentityProviderClient({
    endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1,
  });
  const call = (command) => client.send(command);
  return {
    client,
    call,
    async pool(settings) {
      return (await call(new CreateUserPoolCommand({ PoolName: 'Conformance', ...settings }))).UserPool;
    },
    async app(pool, settings) {
      return (await call(new CreateUserPoolClientCommand({ UserPoolId: pool.Id, ClientName: 'Conformance', ...settings }))).UserPoolClient;
    },
    /** A user with a permanent password; with a temporary one where `temporary` is set. */
    async user(pool, Username, Password, { temporary = false, attributes = {} } = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await call(new AdminCreateUserCommand({
        UserPoolId: pool.Id, Username, UserAttributes, MessageAction: 'SUPPRESS', ...(temporary ? { TemporaryPassword: Password } : {}),
      }));
      if (!temporary) await call(new AdminSetUserPasswordCommand({ UserPoolId: pool.Id, Username, Password, Permanent: true }));
    },
  };
}
