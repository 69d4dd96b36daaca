import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const auth = vi.hoisted(() => ({ fetchAuthSession: vi.fn() }));
vi.mock('aws-amplify/auth', () => auth);

const { ApiError, call, readAnswer } = await import('../src/api/client');
const { formErrors } = await import('../src/api/problems');
const { explain, isSessionEnd } = await import('../src/auth/errors');
const { applyLanguage, t } = await import('../src/messages');

const fetchStub = vi.fn();
const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json; charset=utf-8' } });

beforeEach(() => {
  vi.resetAllMocks();
  vi.stubGlobal('fetch', fetchStub);
  auth.fetchAuthSession.mockResolvedValue({ tokens: { accessToken: { toString: () => 'ACCESS' } } });
});
afterEach(() => vi.unstubAllGlobals());

async function failure(work: Promise<unknown>): Promise<InstanceType<typeof ApiError>> {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  return error as InstanceType<typeof ApiError>;
}

describe('a call', () => {
  it('says who calls and in which language', async () => {
    await applyLanguage('ja', { lang: '', dir: '' } as HTMLElement, ['ja']);
    fetchStub.mockResolvedValue(Response.json({ id: 1 }));

    expect(await call('POST', 'links', { body: { email: 'a@example.com' } })).toEqual({ id: 1 });
    await applyLanguage('en', { lang: '', dir: '' } as HTMLElement, ['en']);

    const [url, request] = fetchStub.mock.calls[0] as [string, RequestInit];
    expect([url, request.method, request.body]).toEqual(['/api/v1/links', 'POST', '{"email":"a@example.com"}']);
    expect(request.headers).toEqual({
      accept: 'application/json', 'accept-language': 'ja', authorization: 'Bearer ACCESS', 'content-type': 'application/json',
    });
  });

  it('goes without a token where nobody is signed in, and where nobody can say', async () => {
    fetchStub.mockImplementation(() => Promise.resolve(new Response(null, { status: 204 })));
    auth.fetchAuthSession.mockResolvedValueOnce({}).mockRejectedValueOnce(new TypeError('Failed to fetch'));

    expect(await call('DELETE', 'sessions')).toBeUndefined();
    expect(await call('DELETE', 'sessions')).toBeUndefined();

    for (const [, request] of fetchStub.mock.calls as [string, RequestInit][]) {
      expect(request.headers).toEqual({ accept: 'application/json', 'accept-language': 'en' });
    }
  });

  it('throws what the server refused, with its fields and its support', async () => {
    fetchStub.mockResolvedValue(problem(400, {
      code: 'INVITE_INVALID', title: 'Bad', detail: 'No longer.', support: 'help@example.com',
      errors: { first_name: [{ code: 'REQUIRED', detail: 'Say who you are.' }, { code: 'X', detail: 'second' }], odd: 'text', empty: [] },
    }));

    const error = await failure(call('GET', 'invites/x'));

    expect([error.status, error.code, error.text, error.support]).toEqual([400, 'INVITE_INVALID', 'Bad No longer.', 'help@example.com']);
    expect(error.fields).toEqual({ first_name: 'Say who you are.' });
    expect(formErrors(error)).toEqual({ firstName: 'Say who you are.' });
  });

  it('knows a host that has no account API', async () => {
    const page = { 'content-type': 'text/html' };
    fetchStub.mockResolvedValueOnce(new Response('<!doctype html>', { status: 200, headers: page }))
      .mockResolvedValueOnce(new Response('Not Found', { status: 404, headers: page }));

    expect((await failure(call('GET', 'kyc'))).code).toBe('NOT_SERVED');
    expect((await failure(call('GET', 'kyc'))).code).toBe('NOT_SERVED');
  });

  it('takes broken answers for a fault of the server', () => {
    for (const text of ['', '{', '[]', 'null', '"code"', '{"code":7,"detail":{}}']) {
      expect(() => readAnswer(500, 'application/problem+json', text)).toThrow('500 INTERNAL_ERROR');
    }
    expect(() => readAnswer(418, null, 'short and stout')).toThrow('418 UNKNOWN');
  });
});

describe('a refusal', () => {
  it('has words of ours for codes we know, and else the server’s', () => {
    expect(explain(new ApiError(400, 'CODE_MISMATCH', 'x'), 'link')).toMatchObject({ text: t('error.codeWrong'), fields: ['code'] });
    expect(explain(new ApiError(409, 'USERNAME_TAKEN', 'x'), 'signUp')).toMatchObject({ text: t('invalid.usernameTaken'), fields: ['username'] });
    expect(explain(new ApiError(400, 'FILE_INFECTED', 'This file carries malware.'), 'upload').text).toBe('This file carries malware.');
    expect(explain(new ApiError(418, 'UNKNOWN', ''), 'account').text).toBe(t('error.unknown'));
  });

  it('ends the session where the token is no longer good', () => {
    expect(isSessionEnd(new ApiError(401, 'TOKEN_REVOKED', ''))).toBe(true);
    expect(isSessionEnd(new ApiError(403, 'FORBIDDEN', ''))).toBe(false);
    expect(isSessionEnd(new ApiError(503, 'SESSION_STORE_UNAVAILABLE', ''))).toBe(false);
  });
});
