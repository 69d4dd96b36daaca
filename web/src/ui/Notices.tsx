import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { t } from '../messages';

interface Notice {
  readonly text: string;
  /** The page that shows it; it is gone when the person leaves that page. */
  readonly path: string;
}

interface NoticesApi {
  readonly notice: Notice | null;
  /** Says that something was done. `path`: the page the person is being taken to, if not this one. */
  say(text: string, path?: string): void;
  clear(): void;
}

const NoticesContext = createContext<NoticesApi | null>(null);

export function NoticesProvider({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const [notice, setNotice] = useState<Notice | null>(null);

  const say = useCallback((text: string, path?: string) => {
    setNotice({ text, path: path ?? window.location.pathname });
  }, []);
  const clear = useCallback(() => setNotice(null), []);

  // Leaving the page of a notice ends it. One said for the next page is still on its way here.
  useEffect(() => () => setNotice((now) => (now?.path === pathname ? null : now)), [pathname]);

  const api = useMemo(() => ({ notice, say, clear }), [notice, say, clear]);
  return <NoticesContext value={api}>{children}</NoticesContext>;
}

export function useNotices(): NoticesApi {
  const api = useContext(NoticesContext);
  if (!api) throw new Error('useNotices outside NoticesProvider');
  return api;
}

/** The live region is always there: one that appears together with its text is not read out. */
export function NoticeArea() {
  const { notice, clear } = useNotices();
  const { pathname } = useLocation();
  const shown = notice !== null && notice.path === pathname;
  return (
    <div className="notice-area" role="status">
      {shown ? (
        <div className="notice" data-testid="notice">
          <svg className="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="m3.5 8.5 3 3 6-7" /></svg>
          <p>{notice.text}</p>
          <button type="button" className="notice-close" aria-label={t('app.dismiss')} onClick={clear}>
            <svg className="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>
          </button>
        </div>
      ) : null}
    </div>
  );
}
