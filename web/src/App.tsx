import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import { t } from './messages';
import { useLanguage } from './messages/useLanguage';
import { AccountPage } from './pages/AccountPage';
import { ConfirmPage } from './pages/ConfirmPage';
import { HomePage } from './pages/HomePage';
import { InvitePage } from './pages/InvitePage';
import { MissingPage } from './pages/MissingPage';
import { RecoverPage } from './pages/RecoverPage';
import { SignInPage } from './pages/SignInPage';
import { SignUpPage } from './pages/SignUpPage';
import { TreePage } from './pages/TreePage';
import { VerifyPage } from './pages/VerifyPage';
import { Live } from './realtime/Live';
import { Guarded } from './routing/Guarded';
import { audienceOf } from './routing/pages';
import { Header, UnconfirmedBanner } from './ui/Header';
import { LanguageSwitch } from './ui/LanguageSwitch';
import { NoticeArea } from './ui/Notices';

export function App() {
  // Every text below is drawn again in another language.
  useLanguage();
  return (
    <>
      <Live />
      <Header />
      <UnconfirmedBanner />
      <main id="content" tabIndex={-1}>
        <NoticeArea />
        <Routes>
          {page('/', <HomePage />)}
          {page('/signup', <SignUpPage />)}
          {page('/confirm', <ConfirmPage />)}
          {page('/signin', <SignInPage />)}
          {page('/recover', <RecoverPage />)}
          {page('/invite', <InvitePage />)}
          {page('/account', <AccountPage />)}
          {page('/verify', <VerifyPage />)}
          {page('/tree', <TreePage />)}
          {page('*', <MissingPage />)}
        </Routes>
      </main>
      <footer className="foot">
        <div className="foot-inner">
          <p>{t('app.footer')}</p>
          <LanguageSwitch />
        </div>
      </footer>
    </>
  );
}

function page(path: string, element: ReactNode) {
  return <Route key={path} path={path} element={<Guarded audience={audienceOf(path)}>{element}</Guarded>} />;
}
