// aws-jwt-verify, as a back end uses it: by its generic verifier with our issuer, and by its Cognito verifier where the server
// stands in for Amazon's own host.
import { CognitoJwtVerifier, JwtRsaVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { refusal, tell } from './story.mjs';

await tell(async (facts, { url, issuer, pool, client, email, password }) => {
  const tokens = await signIn(url, client, email, password);
  const discovery = await (await fetch(`${url}/${pool}/.well-known/openid-configuration`)).json();
  facts.issuer = discovery.issuer;
  facts.discoveredKeys = discovery.jwks_uri;
  // A server that stands in for another host is not reached under that name here.
  const jwksUri = `${url}/${pool}/.well-known/jwks.json`;
  const keys = await (await fetch(jwksUri)).json();
  facts.keys = keys.keys.map((key) => Object.keys(key).join());

  const id = verifierOf({ issuer, audience: client, jwksUri });
  facts.idToken = (await id.verify(tokens.IdToken)).email;
  facts.tampered = await refusal(id.verify(tamper(tokens.IdToken)));
  facts.wrongAudience = await refusal(verifierOf({ issuer, audience: 'another', jwksUri }).verify(tokens.IdToken));
  facts.wrongIssuer = await refusal(verifierOf({ issuer: `${issuer}x`, audience: client, jwksUri }).verify(tokens.IdToken));
  // An access token has no audience; its client is a claim of its own.
  const access = verifierOf({ issuer, audience: null, jwksUri, customJwtCheck: ({ payload }) => {
    if (payload.client_id !== client || payload.token_use !== 'access') throw new Error('not for this client');
  } });
  facts.accessToken = (await access.verify(tokens.AccessToken)).client_id;
  facts.idAsAccess = await refusal(access.verify(tokens.IdToken));

  const cognito = (tokenUse, clientId) => {
    const verifier = CognitoJwtVerifier.create({ userPoolId: pool, tokenUse, clientId });
    verifier.cacheJwks(keys);
    return verifier;
  };
  facts.cognitoIssuer = CognitoJwtVerifier.parseUserPoolId(pool).issuer;
  if (facts.cognitoIssuer !== issuer) return;
  facts.cognitoId = (await cognito('id', client).verify(tokens.IdToken)).email;
  facts.cognitoAccess = (await cognito('access', client).verify(tokens.AccessToken)).client_id;
  facts.cognitoWrongUse = await refusal(cognito('access', client).verify(tokens.IdToken));
  facts.cognitoWrongClient = await refusal(cognito('id', 'another').verify(tokens.IdToken));
  facts.cognitoTampered = await refusal(cognito('access', client).verify(tamper(tokens.AccessToken)));
});

/** A verifier that fetches the keys itself; the library's own fetcher speaks https only. */
function verifierOf(settings) {
  const fetcher = { fetch: async (uri) => (await fetch(uri)).arrayBuffer() };
  return JwtRsaVerifier.create(settings, { jwksCache: new SimpleJwksCache({ fetcher }) });
}

async function signIn(url, ClientId, USERNAME, PASSWORD) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
  });
  return (await response.json()).AuthenticationResult;
}

/** The same token with one letter of its claims changed. */
function tamper(token) {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  claims.sub = claims.sub.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
