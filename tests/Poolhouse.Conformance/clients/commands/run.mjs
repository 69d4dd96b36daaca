// Every command class that the two SDKs export, in a scenario: with valid input, whose effect another operation shows, and with bad
// input, which is refused by name. A command without a scenario fails, and so does a scenario whose command is gone.
// Answers what failed: { "cognito-idp AdminGetUser": "good: …" }, and a null for what did not.
import { tell } from '../story.mjs';
import { setLogGroup } from './logs.mjs';
import { registry } from './registry.mjs';
import { connect, modules, record } from './world.mjs';

const atOnce = 6;
const reads = /^(Admin)?(Get|List|Describe|Lookup)/;

await tell(async (facts, { url, logGroup, only }) => {
  connect(url);
  setLogGroup(logGroup);
  facts.results = {};
  const jobs = Object.keys(modules).flatMap((service) => jobsOf(service)).filter((job) => !only || job.name.includes(only));
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) facts.results[job.name] = await outcomeOf(job);
  }));
});

function jobsOf(service) {
  const commands = Object.keys(modules[service]).filter((name) => /^[A-Z].*Command$/.test(name)).map((name) => name.slice(0, -'Command'.length));
  return [...new Set([...commands, ...Object.keys(registry[service])])].map((operation) => ({
    name: `${service} ${operation}`, service, operation, exists: commands.includes(operation), scenario: registry[service][operation],
  }));
}

async function outcomeOf(job) {
  if (!job.exists) return 'The SDK has no such command any more.';
  if (!job.scenario) return 'There is no scenario for this command.';
  return await tried('good', () => good(job)) ?? await tried('bad', () => bad(job));
}

async function tried(kind, run) {
  try {
    await run();
    return null;
  } catch (error) {
    const at = /commands\/[a-z-]+\.mjs:\d+/.exec((error.stack ?? '').replace(/.*(world|scenes)\.mjs.*/g, ''))?.[0] ?? '';
    return `${kind}: ${error.name}: ${error.message} ${at}`;
  }
}

async function good({ service, operation, scenario }) {
  const calls = await record(scenario.good);
  const own = (call) => call.service === service && call.operation === operation;
  // The few that never succeed here say so, with what they are refused with instead.
  const first = calls.findIndex((call) => own(call) && call.ok !== (scenario.neverSucceeds ?? false));
  if (first < 0) throw new Error(scenario.neverSucceeds ? 'The command succeeded, or was not called.' : 'The command was not called with success.');
  // What only reads is compared with what another operation did before.
  const others = reads.test(operation) ? calls : calls.slice(first);
  if (others.every(own)) throw new Error('No other operation looks at the effect.');
}

async function bad({ service, operation, scenario }) {
  const calls = await record(scenario.bad);
  if (!calls.some((call) => call.service === service && call.operation === operation && !call.ok)) throw new Error('The command was not refused.');
}
