import { Link } from 'react-router';
import { t } from '../messages';
import type { Session } from '../session/session';
import { useSession } from '../session/SessionContext';
import { Horizon } from '../ui/Mark';
import { Page, Split, Steps } from '../ui/Page';
import { FeedList } from './home/FeedList';

export function HomePage() {
  const { session } = useSession();
  const signedIn = session.state === 'signedIn' ? session : null;

  return (
    <div className={signedIn ? 'home home-signed-in' : 'home'}>
      <Page title={t('home.title')} headline={headlineOf(session)} lead={signedIn ? t('home.signedInLead') : t('home.lead')}>
        {signedIn ? null : <Hero />}
        <Split aside={signedIn ? <AccountCard email={signedIn.email} name={signedIn.name} /> : <HowItWorks />}>
          <section aria-labelledby="feed-title">
            <h2 id="feed-title">{signedIn ? t('home.feedSignedIn') : t('home.feed')}</h2>
            <FeedList />
          </section>
        </Split>
      </Page>
    </div>
  );
}

function headlineOf(session: Session): string {
  if (session.state !== 'signedIn') return t('home.headline');
  return session.name ? t('home.welcome', { name: session.name }) : t('home.welcomeNoName');
}

function Hero() {
  return (
    <>
      <p className="hero-actions">
        <Link className="button button-primary" to="/signup">{t('nav.signUp')}</Link>
        <Link className="button" to="/signin">{t('nav.signIn')}</Link>
      </p>
      <Horizon />
    </>
  );
}

function HowItWorks() {
  return <Steps title={t('home.asideTitle')} items={[t('home.aside1'), t('home.aside2'), t('home.aside3')]} />;
}

function AccountCard({ email, name }: { email: string; name: string | null }) {
  return (
    <section className="card" aria-labelledby="account-card">
      <h2 id="account-card">{t('home.accountTitle')}</h2>
      <dl>
        {name ? <><dt>{t('home.accountName')}</dt><dd>{name}</dd></> : null}
        <dt>{t('home.accountEmail')}</dt>
        <dd><bdi>{email}</bdi></dd>
      </dl>
      <Link className="button" to="/account">{t('home.manage')}</Link>
    </section>
  );
}
