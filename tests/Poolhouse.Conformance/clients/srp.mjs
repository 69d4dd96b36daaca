// Many SRP sign-ins with names, passwords and numbers that differ: one wrong padding fails about one in sixteen.
import identity from 'amazon-cognito-identity-js';
import { adminOf } from './admin.mjs';
import { tell, unique } from './story.mjs';

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = identity;
const odd = ['Correct-horse-7', 'Pässwörd-7', 'Пароль-Aa7', '密码-Aa7-密码', '🐎-Aa7-🐎🐎', 'Aa7!'.repeat(24), 'Quote"\\Aa7\''];

await tell(async (facts, { url, count }) => {
  const admin = adminOf(url);
  const pool = await admin.pool({});
  const app = await admin.app(pool, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
  const userPool = new CognitoUserPool({ UserPoolId: pool.Id, ClientId: app.ClientId, endpoint: url });

  facts.failures = [];
  facts.signedIn = 0;
  for (let i = 0; i < count; i++) {
    const name = i % 5 === 0 ? unique('Ünï-名') : unique('user');
    const password = i < odd.length ? odd[i] : `Aa7-${i}-${Math.random().toString(36).repeat(1 + (i % 4))}`;
    await admin.user(pool, name, password);
    const error = await new Promise((resolve) => {
      new CognitoUser({ Username: name, Pool: userPool }).authenticateUser(
        new AuthenticationDetails({ Username: name, Password: password }), { onSuccess: () => resolve(null), onFailure: resolve });
    });
    if (error) facts.failures.push({ name, password, error: `${error.name}: ${error.message}` });
    else facts.signedIn++;
  }
});
