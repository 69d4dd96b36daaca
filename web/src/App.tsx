import { Route, Routes } from 'react-router';
import { t } from './messages';
import { AccountPage } from './pages/AccountPage';
import { ConfirmPage } from './pages/ConfirmPage';
import { HomePage } from './pages/HomePage';
import { MissingPage } from './pages/MissingPage';
import { RecoverPage } from './pages/RecoverPage';
import { SignInPage } from './pages/SignInPage';
import { SignUpPage } from './pages/SignUpPage';
import { Guarded } from './routing/Guarded';
import { Header, UnconfirmedBanner } from './ui/Header';
import { NoticeArea } from './ui/Notices';

export function App() {
  return (
    <>
      <Header />
      <UnconfirmedBanner />
      <main id="content" tabIndex={-1}>
        <NoticeArea />
        <Routes>
          <Route path="/" element={<HomePage />} />
          <Route path="/signup" element={<Guarded audience="guest"><SignUpPage /></Guarded>} />
          <Route path="/confirm" element={<Guarded audience="guest"><ConfirmPage /></Guarded>} />
          <Route path="/signin" element={<Guarded audience="guest"><SignInPage /></Guarded>} />
          <Route path="/recover" element={<Guarded audience="guest"><RecoverPage /></Guarded>} />
          <Route path="/account" element={<Guarded audience="member"><AccountPage /></Guarded>} />
          <Route path="*" element={<MissingPage />} />
        </Routes>
      </main>
      <footer className="foot">
        <p>{t('app.footer')}</p>
      </footer>
    </>
  );
}
