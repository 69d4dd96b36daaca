import { beforeEach, describe, expect, it, vi } from 'vitest';

const auth = vi.hoisted(() => ({ fetchAuthSession: vi.fn() }));
const store = vi.hoisted(() => ({ loadTokens: vi.fn() }));
vi.mock('aws-amplify/auth', () => auth);
vi.mock('aws-amplify/auth/cognito', () => ({ cognitoUserPoolsTokenProvider: { authTokenStore: store } }));

const { announceSignUp, farewell, greeting } = await import('../src/realtime/identity');

const token = (text: string, payload = {}) => ({ toString: () => text, payload });
const tokens = { accessToken: token('ACCESS'), idToken: token('ID', { sub: 'SUB', email: 'Ann@example.com' }) };
const told = { email: 'Ann@example.com', accessToken: 'ACCESS', idToken: 'ID', refreshToken: 'REFRESH' };

beforeEach(() => {
  auth.fetchAuthSession.mockResolvedValue({ tokens });
  store.loadTokens.mockResolvedValue({ refreshToken: 'REFRESH' });
});

describe('who is here', () => {
  it('is told with all tokens, and goes with them', async () => {
    expect(await greeting()).toEqual({ action: 'user-login', message: told });
    expect(await farewell()).toEqual({ action: 'user-logout', message: told });
  });

  it('is told as a sign-up once, after confirming in this page', async () => {
    announceSignUp('ann@EXAMPLE.com');

    expect(await greeting()).toEqual({ action: 'user-signup', message: { ...told, cogId: 'SUB', username: 'Ann@example.com' } });
    expect((await greeting())?.action).toBe('user-login');
  });

  it('is nobody without tokens', async () => {
    auth.fetchAuthSession.mockResolvedValue({});
    expect(await greeting()).toBeNull();

    auth.fetchAuthSession.mockResolvedValue({ tokens });
    store.loadTokens.mockResolvedValue(null);
    expect(await farewell()).toBeNull();
  });
});
