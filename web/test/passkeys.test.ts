import { beforeEach, describe, expect, it, vi } from 'vitest';

const auth = vi.hoisted(() => ({ signIn: vi.fn(), listWebAuthnCredentials: vi.fn(), deleteWebAuthnCredential: vi.fn() }));
vi.mock('aws-amplify/auth', () => auth);

const { listPasskeys, removePasskey, signInWithPasskey } = await import('../src/auth/passkeys');

beforeEach(() => vi.resetAllMocks());

describe('passkeys', () => {
  it('lists every page', async () => {
    auth.listWebAuthnCredentials
      .mockResolvedValueOnce({ credentials: [{ credentialId: 'a', friendlyCredentialName: 'Passkey', createdAt: new Date(2026, 0, 2) }], nextToken: 'more' })
      .mockResolvedValueOnce({ credentials: [{ credentialId: 'b' }, { friendlyCredentialName: 'nameless' }] });

    const passkeys = await listPasskeys();

    expect(passkeys.map(({ id, name }) => [id, name])).toEqual([['a', 'Passkey'], ['b', '']]);
    expect(passkeys[0]?.made).toContain('2026');
    expect(auth.listWebAuthnCredentials.mock.calls).toEqual([[{}], [{ nextToken: 'more' }]]);
  });

  it('removes by id', async () => {
    await removePasskey('a');

    expect(auth.deleteWebAuthnCredential).toHaveBeenCalledWith({ credentialId: 'a' });
  });

  it('prefers a passkey', async () => {
    const done = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
    auth.signIn.mockResolvedValueOnce(done);

    expect(await signInWithPasskey('bob@example.com')).toBe(done);
    expect(auth.signIn).toHaveBeenCalledWith({
      username: 'bob@example.com', options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' },
    });
  });

  it('says when there is none', async () => {
    auth.signIn.mockResolvedValueOnce({ isSignedIn: false, nextStep: { signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION' } });

    expect(await signInWithPasskey('bob@example.com')).toBeNull();
  });
});
