import { useEffect, useRef, type ReactNode } from 'react';
import { useNavigationType } from 'react-router';
import { t } from '../messages';
import { useLanguage } from '../messages/useLanguage';

interface PageProps {
  /** Of the document. */
  readonly title: string;
  readonly headline?: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

// The first page of a visit keeps the focus where the browser put it.
let visited = false;

/** Title and heading of a page. After a navigation the heading takes the focus, so that it is read out. */
export function Page({ title, headline, lead, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const navigation = useNavigationType();
  const language = useLanguage();
  const spoken = useRef(language);

  useEffect(() => {
    document.title = t('app.title', { page: title });
  }, [title]);

  useEffect(() => {
    // The same step in another language: the focus stays at the switch.
    if (spoken.current !== language) {
      spoken.current = language;
      return;
    }
    if (visited) {
      heading.current?.focus({ preventScroll: true });
      if (navigation !== 'POP') window.scrollTo(0, 0);
    }
    visited = true;
    // A page that changes its headline is a new step to the person, and is read out like one.
  }, [headline, navigation, language]);

  return (
    <>
      <header className="page-head">
        <h1 tabIndex={-1} ref={heading}>{headline ?? title}</h1>
        {lead ? <p className="lead">{lead}</p> : null}
      </header>
      {children}
    </>
  );
}

/** A form on the start side, what helps beside it; below it on a narrow screen. */
export function Split({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className="split">
      <div className="split-main">{children}</div>
      <aside className="split-aside">{aside}</aside>
    </div>
  );
}

interface ListProps {
  readonly title: string;
  readonly items: readonly string[];
}

/** What comes one after the other. */
export function Steps({ title, items }: ListProps) {
  return (
    <div className="steps">
      <h2>{title}</h2>
      <ol>{items.map((item) => <li key={item}>{item}</li>)}</ol>
    </div>
  );
}

/** What is good to know, in no order. */
export function Notes({ title, items }: ListProps) {
  return (
    <div className="steps">
      <h2>{title}</h2>
      <ul>{items.map((item) => <li key={item}>{item}</li>)}</ul>
    </div>
  );
}
