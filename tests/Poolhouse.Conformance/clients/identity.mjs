// An identity pool with aws-amplify: a guest, then somebody who signs in; their credentials used with the AWS SDK.
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import {
  AdminGetUserCommand, CognitoIdentityProviderClient, DescribeUserPoolCommand, ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { adminOf } from './admin.mjs';
import { refusal, tell, unique } from './story.mjs';

await tell(async (facts, { url, pool, client, identityPool }) => {
  const sdkOf = (credentials) => new CognitoIdentityProviderClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  const admin = adminOf(url);
  const other = await admin.pool({});
  const Username = `${unique('identity')}@example.com`;
  const password = 'Correct-horse-7';
  await admin.user({ Id: pool }, Username, password, { attributes: { email: Username, email_verified: 'true' } });
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: pool, userPoolClientId: client, userPoolEndpoint: `${url}/`,
        identityPoolId: identityPool, identityPoolEndpoint: `${url}/`, allowGuestAccess: true,
      },
    },
  });

  const guest = await fetchAuthSession();
  facts.guestId = guest.identityId;
  facts.guestTokens = guest.tokens ?? false;
  facts.guestKey = guest.credentials.accessKeyId;
  const asGuest = sdkOf(guest.credentials);
  facts.guestDescribes = (await asGuest.send(new DescribeUserPoolCommand({ UserPoolId: pool }))).UserPool.Id;
  facts.guestLists = await refusal(asGuest.send(new ListUsersCommand({ UserPoolId: pool })));

  facts.signedIn = (await signIn({ username: Username, password })).isSignedIn;
  const session = await fetchAuthSession();
  facts.id = session.identityId;
  facts.expiresIn = (session.credentials.expiration.getTime() - Date.now()) / 60_000;
  const asMember = sdkOf(session.credentials);
  facts.lists = (await asMember.send(new ListUsersCommand({ UserPoolId: pool, Filter: `email = "${Username}"` }))).Users.length;
  facts.gets = (await asMember.send(new AdminGetUserCommand({ UserPoolId: pool, Username }))).UserStatus;
  facts.listsElsewhere = await refusal(asMember.send(new ListUsersCommand({ UserPoolId: other.Id })));
  facts.describes = await refusal(asMember.send(new DescribeUserPoolCommand({ UserPoolId: pool })));
  facts.withoutToken = await refusal(sdkOf({ ...session.credentials, sessionToken: undefined }).send(new ListUsersCommand({ UserPoolId: pool })));

  facts.refreshedId = (await fetchAuthSession({ forceRefresh: true })).identityId;
  await signOut();
  await signIn({ username: Username, password });
  facts.idLater = (await fetchAuthSession()).identityId;
});
