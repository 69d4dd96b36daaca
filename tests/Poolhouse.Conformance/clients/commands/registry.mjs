// The one list of scenarios: by service, from a command's name without its ending to { good, bad }.
import admin from './admin-users.mjs';
import branding from './branding.mjs';
import clients from './clients.mjs';
import developers from './developers.mjs';
import devices from './devices.mjs';
import domains from './domains.mjs';
import groups from './groups.mjs';
import identities from './identities.mjs';
import identityPools from './identity-pools.mjs';
import imports from './imports.mjs';
import limits from './limits.mjs';
import mfa from './mfa.mjs';
import passkeys from './passkeys.mjs';
import pools from './pools.mjs';
import providers from './providers.mjs';
import resourceServers from './resource-servers.mjs';
import sessions from './sessions.mjs';
import signIn from './sign-in.mjs';
import signUp from './sign-up.mjs';
import terms from './terms.mjs';
import threats from './threats.mjs';
import users from './users.mjs';

export const registry = {
  'cognito-idp': join(
    admin, branding, clients, devices, domains, groups, imports, limits, mfa, passkeys, pools, providers, resourceServers, sessions, signIn, signUp, terms,
    threats, users,
  ),
  'cognito-identity': join(developers, identities, identityPools),
};

function join(...parts) {
  const all = {};
  for (const [name, scenario] of parts.flatMap(Object.entries)) {
    if (all[name]) throw new Error(`There are two scenarios for ${name}.`);
    all[name] = scenario;
  }
  return all;
}
