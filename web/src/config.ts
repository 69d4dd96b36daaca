import { Amplify } from 'aws-amplify';
import { ConsoleLogger } from 'aws-amplify/utils';

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
}

/** Whether a form asks for something, and whether it has to be there. */
export type Demand = 'required' | 'optional' | 'none';

/** The application that people sign up for here, with its own rules. */
export interface Application {
  readonly name: string | null;
  readonly username: Demand;
  readonly sponsorCode: Demand;
  /** Whether signing up takes an invitation. */
  readonly invitation: Demand;
}

/** What the server says about itself in `/config.json`. */
export interface Config {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Where the Cognito API is; may be relative to the page. Null: Amazon's own endpoint of the region. */
  readonly endpoint: string | null;
  /** Development: there is a mailbox page at `/mailbox`. */
  readonly mailbox: boolean;
  readonly passwordPolicy: PasswordPolicy;
  readonly application: Application;
}

// Cognito's own default policy.
const defaultPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** Throws when the answer is no configuration, such as the page itself from a server that doesn't know the route. */
export function parseConfig(json: unknown, base: string): Config {
  const raw = json as Partial<Record<keyof Config, unknown>> | null;
  if (typeof raw?.userPoolId !== 'string' || typeof raw.userPoolClientId !== 'string')
    throw new TypeError('config.json names no user pool and client');

  return {
    region: typeof raw.region === 'string' ? raw.region : raw.userPoolId.split('_')[0]!,
    userPoolId: raw.userPoolId,
    userPoolClientId: raw.userPoolClientId,
    endpoint: typeof raw.endpoint === 'string' ? new URL(raw.endpoint, base).href : null,
    mailbox: raw.mailbox === true,
    passwordPolicy: { ...defaultPolicy, ...(raw.passwordPolicy as Partial<PasswordPolicy> | undefined) },
    application: parseApplication(raw.application),
  };
}

function parseApplication(raw: unknown): Application {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Readonly<Record<string, unknown>>;
  // What a server doesn't say, it doesn't ask for.
  const demand = (...names: readonly string[]): Demand => {
    const value = names.map((name) => given[name]).find((one) => one !== undefined);
    return value === 'required' || value === 'optional' ? value : 'none';
  };
  return {
    name: typeof given['name'] === 'string' ? given['name'] : null,
    username: demand('username'),
    sponsorCode: demand('sponsorCode', 'sponsor_code'),
    invitation: demand('invitation'),
  };
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  return parseConfig(await response.json(), location.href);
}

export function configureAmplify(config: Config): void {
  // Amplify warns about every endpoint that is not Amazon's; ours is meant.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: config.userPoolId,
        userPoolClientId: config.userPoolClientId,
        ...(config.endpoint === null ? {} : { userPoolEndpoint: config.endpoint }),
        loginWith: { email: true },
        signUpVerificationMethod: 'code',
      },
    },
  });
}
