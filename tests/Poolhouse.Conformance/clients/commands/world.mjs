// What scenarios act through: every command class of both SDKs as a function, and pools that are made when first needed.
// Calls are written down per scenario, so that the runner can see that a scenario calls its command and looks at the effect.
import { AsyncLocalStorage } from 'node:async_hooks';
import { strict as assert } from 'node:assert';
import * as userPools from '@aws-sdk/client-cognito-identity-provider';
import * as identityPools from '@aws-sdk/client-cognito-identity';
import { codeFor, unique } from '../story.mjs';

const calls = new AsyncLocalStorage();
let url;
let options;

export const modules = { 'cognito-idp': userPools, 'cognito-identity': identityPools };

/** `idp.AdminGetUser({…})` sends an AdminGetUserCommand. */
export const idp = senderOf('cognito-idp', () => new userPools.CognitoIdentityProviderClient(options));
/** The same for identity pools. */
export const identity = senderOf('cognito-identity', () => new identityPools.CognitoIdentityClient(options));

export function connect(server) {
  url = server;
  // Retried are only calls beyond a user's own ten a second, which this server enforces for the sake of GetProvisionedLimit.
  options = { endpoint: server, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 4 };
}

export const serverUrl = () => url;

/** Runs a scenario; answers its calls in their order. */
export async function record(scenario) {
  const made = [];
  await calls.run(made, scenario);
  return made;
}

const kept = new Map();

/** What several scenarios share; the calls that make it are nobody's. */
export function once(key, make) {
  if (!kept.has(key)) kept.set(key, calls.exit(make));
  return kept.get(key);
}

/** Demands that a call is refused with this error, and these words where they are given. */
export async function refused(call, name, message) {
  let answer;
  try {
    answer = await call;
  } catch (error) {
    assert.equal(`${error.name}: ${error.message}`, `${name}: ${message ?? error.message}`);
    assert.equal(error.$metadata?.httpStatusCode, 400);
    return;
  }
  assert.fail(`should have been refused with ${name}, but was answered ${JSON.stringify(answer)}`);
}

export const noPool = 'us-east-1_NoSuchPool';
export const noPoolMessage = `User pool ${noPool} does not exist.`;
export const noClient = '0123456789abcdefghijklmnop';

/** The code in the newest of `count` messages to an address. */
export const code = (to, count = 1) => codeFor(url, to, count);

/** The first message to an address that `test` accepts. */
export async function mail(to, test) {
  for (let attempt = 0; attempt < 400; attempt++) {
    const found = (await (await fetch(`${url}/dev/mailbox?to=${encodeURIComponent(to)}`)).json()).find(test);
    if (found) return found;
    await pause();
  }
  throw new Error(`There is no such message to ${to}.`);
}

/** Asks again until `test` accepts the answer: for what a server does in its own time. */
export async function until(ask, test) {
  let answer;
  for (let attempt = 0; attempt < 400; attempt++) {
    answer = await ask();
    if (test(answer)) return answer;
    await pause();
  }
  throw new Error(`Still ${JSON.stringify(answer)}`);
}

export const wrongCode = (right) => (right === '000000' ? '000001' : '000000');

export { assert, unique };

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

function senderOf(service, make) {
  let client;
  return new Proxy({}, {
    get: (_, operation) => async (input = {}) => {
      const Command = modules[service][`${String(operation)}Command`];
      if (!Command) throw new Error(`The SDK has no ${String(operation)}Command.`);
      const call = { service, operation, ok: false };
      calls.getStore()?.push(call);
      const answer = await (client ??= make()).send(new Command(input));
      call.ok = true;
      return answer;
    },
  });
}
