import { createHmac } from 'node:crypto';

// What every script here has in common. A script tells a story: it uses a client library and writes facts down, which
// are printed as one line of JSON at its end. What libraries print themselves goes to standard error.
console.log = console.info = console.debug = console.error;

/** Runs the story with the arguments the test gave, and prints its facts, also when it breaks off. */
export async function tell(story) {
  const facts = {};
  try {
    await story(facts, JSON.parse(process.argv[2]));
  } catch (error) {
    facts.error = `${error?.name}: ${error?.message}\n${error?.stack}`;
  }
  // Connections that are kept alive would hold the process.
  process.stdout.write(JSON.stringify(facts) + '\n', () => process.exit(0));
}

/** The code in the newest message to an address, as soon as there are `count` of them. */
export async function codeFor(url, to, count = 1) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const messages = await (await fetch(`${url}/dev/mailbox?to=${encodeURIComponent(to)}`)).json();
    if (messages.length >= count) return messages.at(-1).code;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`There are not ${count} messages to ${to}.`);
}

/** How a call was refused; a call that went through is the story's failure. */
export async function refusal(promise) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    return { name: error.name, kind: error.constructor.name, message: error.message, code: error.code, requestId: error.$metadata?.requestId, status: error.$metadata?.httpStatusCode };
  }
  throw new Error(`This call should have been refused: ${JSON.stringify(answer)}`);
}

let last = Date.now();

/** A name nobody has used. */
export const unique = (prefix) => `${prefix}-${(last++).toString(36)}`;

/** The claims of a token, unverified. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** The header of a token. */
export const headerOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));

/** The code of an authenticator app (RFC 6238 with its defaults), some steps from now. */
export function totpOf(secret, steps = 0) {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
