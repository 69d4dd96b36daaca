// openid-client: an application that signs people in at our OAuth endpoints. It begins, a browser goes the way, and it ends.
import * as client from 'openid-client';
import { tell } from './story.mjs';

await tell(async (facts, { step, issuer, clientId, redirectUri, begun, callback }) => {
  const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), { execute: [client.allowInsecureRequests] });
  if (step === 'begin') {
    facts.verifier = client.randomPKCECodeVerifier();
    facts.state = client.randomState();
    facts.nonce = client.randomNonce();
    facts.address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      identity_provider: 'Acme',
      code_challenge: await client.calculatePKCECodeChallenge(facts.verifier),
      code_challenge_method: 'S256',
      state: facts.state,
      nonce: facts.nonce,
    }).href;
    return;
  }

  const checks = { pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: begun.nonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, new URL(callback), checks);
  facts.claims = tokens.claims();
  facts.userInfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
  facts.refreshed = refreshed.claims().sub === tokens.claims().sub;
  await client.tokenRevocation(config, tokens.refresh_token);
  facts.afterRevocation = await client.refreshTokenGrant(config, tokens.refresh_token).then(() => 'accepted', (error) => error.error);
});
