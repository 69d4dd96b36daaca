import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './App';
import { configureAmplify, loadConfig } from './config';
import { ConfigContext } from './ConfigContext';
import { t } from './messages';
import { startLanguage } from './messages/choice';
import { SessionProvider } from './session/SessionContext';
import './styles/index.css';
import { ErrorBoundary, Stopped } from './ui/ErrorBoundary';
import { Loading } from './ui/Loading';
import { NoticesProvider } from './ui/Notices';

// Nothing is drawn before there are words for it; both answers are on their way meanwhile.
const loading = loadConfig();
loading.catch(() => undefined);
await startLanguage();
const root = createRoot(document.getElementById('root')!);
root.render(<Loading />);

try {
  const config = await loading;
  configureAmplify(config);
  root.render(
    <StrictMode>
      <ErrorBoundary>
        <ConfigContext value={config}>
          <BrowserRouter>
            <SessionProvider>
              <NoticesProvider>
                <App />
              </NoticesProvider>
            </SessionProvider>
          </BrowserRouter>
        </ConfigContext>
      </ErrorBoundary>
    </StrictMode>,
  );
} catch {
  document.title = t('app.title', { page: t('app.noConfigTitle') });
  root.render(<Stopped text={t('app.noConfig')} action={t('app.tryAgain')} />);
}
