import { Link, NavLink, useLocation } from 'react-router';
import { leave } from '../auth/leave';
import { t } from '../messages';
import { useSession } from '../session/SessionContext';
import { Mark } from './Mark';
import { useNotices } from './Notices';

export function Header() {
  return (
    <header className="top">
      <a className="skip" href="#content">{t('app.skip')}</a>
      <div className="top-inner">
        <Link className="brand" to="/" aria-label={t('app.home')}>
          <Mark />
          <span>{t('app.name')}</span>
        </Link>
        <StateBadge />
        <Navigation />
      </div>
    </header>
  );
}

function StateBadge() {
  const { session } = useSession();
  return (
    <span className={`state state-${session.state}`} data-testid="state" data-state={session.state}>
      {t(`state.${session.state}`)}
    </span>
  );
}

function Navigation() {
  const { session, refresh } = useSession();
  const { say } = useNotices();

  async function signOut() {
    await leave();
    say(t('account.signedOut'), '/');
    await refresh({ left: true });
  }

  return (
    <nav className="nav" aria-label={t('app.nav')}>
      {session.state === 'signedIn' ? (
        <>
          <NavLink to="/account">{t('nav.account')}</NavLink>
          <button type="button" className="nav-button" onClick={() => void signOut()}>{t('nav.signOut')}</button>
        </>
      ) : session.state === 'loading' ? null : (
        <>
          <NavLink to="/signin">{t('nav.signIn')}</NavLink>
          <NavLink to="/signup">{t('nav.signUp')}</NavLink>
        </>
      )}
    </nav>
  );
}

/** Wherever someone who has not confirmed yet goes, this is the way back to the code. */
export function UnconfirmedBanner() {
  const { session, setUnconfirmed } = useSession();
  const { pathname } = useLocation();
  if (session.state !== 'unconfirmed' || pathname === '/confirm') return null;
  return (
    <section className="banner" aria-label={t('state.unconfirmed')} data-testid="banner">
      <div className="banner-inner">
        <p>{t('banner.unconfirmed', { email: session.email })}</p>
        <Link className="button button-small" to="/confirm">{t('banner.enterCode')}</Link>
        <button type="button" className="link-button" onClick={() => setUnconfirmed(null)}>{t('banner.forget')}</button>
      </div>
    </section>
  );
}
