import { fetchAuthSession } from 'aws-amplify/auth';
import { currentLanguage } from '../messages';

export const apiBase = '/api/v1/';

/** What the account API refused, or what stands for it where nothing of it answered. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    /** Stable, upper snake case. `NOT_SERVED`: there is no such route here, as beside another pool. */
    readonly code: string,
    /** What happened and what to do next, in the language that was asked for; empty where the answer had no words. */
    readonly text: string,
    /** By field of the body, the first thing that is wrong with it. */
    readonly fields: Readonly<Record<string, string>> = {},
    /** Whom to ask: an address or a link of the application's. */
    readonly support: string | null = null,
  ) {
    super(`${status} ${code}`);
  }
}

export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the account API as whoever is signed in here, or as nobody. An answer without a body is `undefined`. */
export async function call<T = void>(method: Method, path: string, { body, signal }: CallOptions = {}): Promise<T> {
  const response = await fetch(apiBase + path, {
    method,
    // The token says who calls. A cookie that somebody else's sign-in left here would say another.
    credentials: 'omit',
    headers: { ...(await callHeaders()), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  return readAnswer<T>(response.status, response.headers.get('content-type'), text);
}

/** Who calls, and in which language answers are wanted. */
export async function callHeaders(): Promise<Record<string, string>> {
  const token = await accessToken();
  return {
    accept: 'application/json',
    'accept-language': currentLanguage(),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Null: nobody is signed in, or nobody can say. */
export async function accessToken(): Promise<string | null> {
  const session = await fetchAuthSession().catch(() => null);
  return session?.tokens?.accessToken.toString() ?? null;
}

/** The body of an answer, or the problem that it is. The one place where an answer becomes an error. */
export function readAnswer<T>(status: number, contentType: string | null, text: string): T {
  const isJson = /[/+]json\b/.test(contentType ?? '');
  const json = isJson ? parse(text) : undefined;
  if (status >= 200 && status < 300) {
    if (text === '') return undefined as T;
    // A host that answers every address with the page itself has no account API.
    if (json === undefined) throw new ApiError(404, 'NOT_SERVED', '');
    return json as T;
  }
  throw problem(status, isObject(json) ? json : {});
}

function problem(status: number, json: Readonly<Record<string, unknown>>): ApiError {
  const text = (name: string) => (typeof json[name] === 'string' ? json[name] : '');
  const code = text('code') || (status === 404 || status === 405 ? 'NOT_SERVED' : status >= 500 ? 'INTERNAL_ERROR' : 'UNKNOWN');
  const words = [text('title'), text('detail')].filter((part) => part !== '').join(' ');
  return new ApiError(status, code, words, fieldsOf(json['errors']), text('support') || null);
}

function fieldsOf(errors: unknown): Record<string, string> {
  if (!isObject(errors)) return {};
  return Object.fromEntries(
    Object.entries(errors).flatMap(([field, found]) => {
      const first: unknown = Array.isArray(found) ? found[0] : undefined;
      return isObject(first) && typeof first['detail'] === 'string' ? [[field, first['detail']] as const] : [];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
