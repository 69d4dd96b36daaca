import type { Session } from '../session/session';
import { safeNext, withNext } from './next';

/** Who a page is for. `anyone`: always; `guest`: not for the signed in; `member`: for the signed in only. */
export type Audience = 'anyone' | 'guest' | 'member';

/** `wait` until the session is known, `show` the page, or go elsewhere. */
export type Verdict = { readonly kind: 'wait' | 'show' } | { readonly kind: 'redirect'; readonly to: string };

const wait: Verdict = { kind: 'wait' };
const show: Verdict = { kind: 'show' };

/** The one rule of who sees what. `here` is the path with its query. */
export function guard(audience: Audience, session: Session, here: string): Verdict {
  if (audience === 'anyone') return show;
  if (session.state === 'loading') return wait;
  const signedIn = session.state === 'signedIn';

  if (audience === 'guest') return signedIn ? { kind: 'redirect', to: nextIn(here) } : show;

  if (signedIn) return show;
  if (session.state === 'unconfirmed') return { kind: 'redirect', to: withNext('/confirm', here) };
  // Someone who signed out on purpose wants to be out, not to sign in again.
  return { kind: 'redirect', to: session.left ? '/' : withNext('/signin', here) };
}

function nextIn(here: string): string {
  const query = here.indexOf('?');
  return query < 0 ? '/' : safeNext(new URLSearchParams(here.slice(query)).get('next'));
}
