// Passkeys of users.
import { Authenticator } from './authenticator.mjs';
import { common, member, pool, signIn, user } from './scenes.mjs';
import { assert, idp, once, refused } from './world.mjs';

const relyingParty = 'example.com';
const origin = 'https://app.example.com';

const keyed = () => once('passkeys', async () => {
  const made = await pool({
    AutoVerifiedAttributes: ['email'], Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  await idp.SetUserPoolMfaConfig({ UserPoolId: made.Id, WebAuthnConfiguration: { RelyingPartyId: relyingParty, UserVerification: 'preferred' } });
  return made;
});

const options = async (AccessToken) => (await idp.StartWebAuthnRegistration({ AccessToken })).CredentialCreationOptions;
const complete = (AccessToken, Credential) => idp.CompleteWebAuthnRegistration({ AccessToken, Credential });
const listed = async (AccessToken) => (await idp.ListWebAuthnCredentials({ AccessToken })).Credentials;

/** Somebody with a passkey. */
async function holder() {
  const of = await keyed();
  const ann = await member(of);
  const passkey = new Authenticator(origin);
  await complete(ann.AccessToken, passkey.create(await options(ann.AccessToken)));
  return { ...ann, of, passkey };
}

const ask = (of, name) => idp.InitiateAuth({
  ClientId: of.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: name, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
});

async function enter(of, name, passkey) {
  const asked = await ask(of, name);
  assert.equal(asked.ChallengeName, 'WEB_AUTHN');
  return idp.RespondToAuthChallenge({
    ClientId: of.ClientId, ChallengeName: 'WEB_AUTHN', Session: asked.Session,
    ChallengeResponses: { USERNAME: name, CREDENTIAL: JSON.stringify(passkey.get(JSON.parse(asked.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS))) },
  });
}

const withIdToken = (operation, more = {}) => async () => {
  const of = await keyed();
  const ann = await user(of);
  const { IdToken } = await signIn(of, ann.name);
  await refused(idp[operation]({ AccessToken: IdToken, ...more }), 'NotAuthorizedException', 'Invalid Access Token');
};

export default {
  StartWebAuthnRegistration: {
    async good() {
      const { AccessToken } = await member(await keyed());
      const asked = await options(AccessToken);
      assert.equal(asked.rp.id, relyingParty);
      assert.ok(asked.pubKeyCredParams.some((p) => p.alg === -7));
      await complete(AccessToken, new Authenticator(origin).create(asked));
      assert.equal((await listed(AccessToken)).length, 1);
    },
    async bad() {
      const { AccessToken } = await member(await common());
      await refused(idp.StartWebAuthnRegistration({ AccessToken }), 'WebAuthnNotEnabledException', 'Passkeys are not enabled for this user pool.');
    },
  },
  CompleteWebAuthnRegistration: {
    async good() {
      const { of, name, AccessToken, passkey } = await holder();
      const [credential] = await listed(AccessToken);
      assert.deepEqual([credential.CredentialId, credential.RelyingPartyId], [passkey.id.toString('base64url'), relyingParty]);
      assert.ok((await enter(of, name, passkey)).AuthenticationResult.AccessToken);
    },
    async bad() {
      const { AccessToken } = await member(await keyed());
      const passkey = new Authenticator(origin);
      const asked = await options(AccessToken);
      await refused(
        complete(AccessToken, new Authenticator('https://evil.example').create(asked)), 'WebAuthnOriginNotAllowedException',
        'The origin is not allowed for the relying party ID.');
      await refused(
        complete(AccessToken, passkey.create({ ...asked, challenge: 'b3RoZXI' })), 'WebAuthnChallengeNotFoundException',
        'The passkey registration was not found, or has expired.');
    },
  },
  ListWebAuthnCredentials: {
    async good() {
      const { AccessToken, passkey } = await holder();
      const second = new Authenticator(origin);
      await complete(AccessToken, second.create(await options(AccessToken)));
      const first = await idp.ListWebAuthnCredentials({ AccessToken, MaxResults: 1 });
      const rest = await idp.ListWebAuthnCredentials({ AccessToken, MaxResults: 1, NextToken: first.NextToken });
      assert.deepEqual([...first.Credentials, ...rest.Credentials].map((c) => c.CredentialId), [passkey, second].map((p) => p.id.toString('base64url')));
    },
    bad: withIdToken('ListWebAuthnCredentials'),
  },
  DeleteWebAuthnCredential: {
    async good() {
      const { of, name, AccessToken, passkey } = await holder();
      await enter(of, name, passkey);
      await idp.DeleteWebAuthnCredential({ AccessToken, CredentialId: passkey.id.toString('base64url') });
      assert.deepEqual(await listed(AccessToken), []);
      assert.ok(!(await ask(of, name)).AvailableChallenges?.includes('WEB_AUTHN'));
    },
    async bad() {
      const { AccessToken } = await member(await keyed());
      await refused(idp.DeleteWebAuthnCredential({ AccessToken, CredentialId: 'bm9uZQ' }), 'ResourceNotFoundException', 'Passkey not found.');
    },
  },
};
