// Identity pools as scenarios need them, and who comes to them.
import { common, member } from './scenes.mjs';
import { identity } from './world.mjs';

export const memberRole = 'arn:aws:iam::000000000000:role/Member';
export const guestRole = 'arn:aws:iam::000000000000:role/Guest';
export const developer = 'login.example.com';
export const noIdentityPool = 'us-east-1:00000000-0000-4000-8000-000000000000';
export const noIdentityPoolMessage = `IdentityPool '${noIdentityPool}' not found.`;
export const noIdentity = 'us-east-1:11111111-0000-4000-8000-000000000000';
export const noIdentityMessage = `Identity '${noIdentity}' not found.`;

/** How identity pools name the pool of the users. */
export const providerOf = ({ Id }) => `cognito-idp.us-east-1.amazonaws.com/${Id}`;

/** An identity pool that knows the common user pool, guests and a developer's users, with roles. */
export async function identityPool(more = {}) {
  const users = await common();
  const made = await identity.CreateIdentityPool({
    IdentityPoolName: 'Commands', AllowUnauthenticatedIdentities: true, AllowClassicFlow: true, DeveloperProviderName: developer,
    CognitoIdentityProviders: [{ ProviderName: providerOf(users), ClientId: users.ClientId, ServerSideTokenCheck: true }],
    ...more,
  });
  await identity.SetIdentityPoolRoles({ IdentityPoolId: made.IdentityPoolId, Roles: { authenticated: memberRole, unauthenticated: guestRole } });
  return made.IdentityPoolId;
}

/** A user's proof, as Logins. */
export async function logins() {
  const users = await common();
  const { tokens, AccessToken } = await member(users);
  return { Logins: { [providerOf(users)]: tokens.IdToken }, provider: providerOf(users), AccessToken };
}

/** A guest's id. */
export const guest = async (IdentityPoolId) => (await identity.GetId({ IdentityPoolId })).IdentityId;

/** Somebody's id, and how to prove it. */
export async function known(IdentityPoolId) {
  const proof = await logins();
  const { IdentityId } = await identity.GetId({ IdentityPoolId, Logins: proof.Logins });
  return { ...proof, IdentityId };
}

/** One of the developer's users. */
export const developerUser = (IdentityPoolId, name, more = {}) =>
  identity.GetOpenIdTokenForDeveloperIdentity({ IdentityPoolId, Logins: { [developer]: name }, ...more });
