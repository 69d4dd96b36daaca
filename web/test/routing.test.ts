import { describe, expect, it } from 'vitest';
import { guard } from '../src/routing/guard';
import { pathOf, safeNext, withNext } from '../src/routing/next';
import { loading, type Session } from '../src/session/session';

describe('safeNext', () => {
  it.each(['/', '/account', '/account?tab=1#email', '/a/../account'])('lets %s pass', (path) => {
    expect(safeNext(path)).toMatch(/^\/(?!\/)/);
  });

  it.each([
    null, undefined, '', 'account', 'https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example',
    '/\t/evil.example', '/\n/evil.example', 'javascript:alert(1)', '/.//evil.example', '/..//evil.example', '/%2e//evil.example',
    ' //evil.example', '\u0000/account',
  ])('turns %j into the start page', (path) => {
    expect(safeNext(path)).toBe('/');
  });

  it('goes round through the address without change', () => {
    const to = withNext('/signin', '/account?a=1&b=2#x');

    expect(safeNext(new URLSearchParams(to.split('?')[1]).get('next'))).toBe('/account?a=1&b=2#x');
    expect(withNext('/signin', '/')).toBe('/signin');
    expect(withNext('/signin', '//evil.example')).toBe('/signin');
    expect(pathOf('/account?a=1#x')).toBe('/account');
  });
});

describe('guard', () => {
  const none: Session = { state: 'none', left: false };
  const left: Session = { state: 'none', left: true };
  const unconfirmed: Session = { state: 'unconfirmed', email: 'jane@example.com' };
  const signedIn: Session = { state: 'signedIn', username: 'u', email: 'jane@example.com', name: null };

  it('shows public pages at once, and waits with the others until the session is known', () => {
    expect(guard('anyone', loading, '/').kind).toBe('show');
    expect(guard('guest', loading, '/signin').kind).toBe('wait');
    expect(guard('member', loading, '/account').kind).toBe('wait');
  });

  it('sends who is not signed in to sign-in, and back', () => {
    expect(guard('member', none, '/account?a=1')).toEqual({ kind: 'redirect', to: '/signin?next=%2Faccount%3Fa%3D1' });
  });

  it('sends who has not confirmed to the code', () => {
    expect(guard('member', unconfirmed, '/account')).toEqual({ kind: 'redirect', to: '/confirm?next=%2Faccount' });
    expect(guard('guest', unconfirmed, '/confirm').kind).toBe('show');
    expect(guard('guest', unconfirmed, '/signin').kind).toBe('show');
  });

  it('sends the signed-in on from the pages of guests, within this origin', () => {
    expect(guard('guest', signedIn, '/signin?next=%2Faccount')).toEqual({ kind: 'redirect', to: '/account' });
    expect(guard('guest', signedIn, '/signin?next=%2F%2Fevil.example')).toEqual({ kind: 'redirect', to: '/' });
    expect(guard('guest', signedIn, '/signup')).toEqual({ kind: 'redirect', to: '/' });
    expect(guard('member', signedIn, '/account').kind).toBe('show');
  });

  it('lets go of who signed out on purpose', () => {
    expect(guard('member', left, '/account')).toEqual({ kind: 'redirect', to: '/' });
  });
});
