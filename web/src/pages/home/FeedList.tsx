import { useCallback, useEffect, useState } from 'react';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { Loading } from '../../ui/Loading';
import { Time } from '../../ui/Time';
import { loadFeed, titleOf, type Activity, type Feed } from './feed';
import { KindIcon } from './KindIcon';

type State = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; feed: Feed };

export function FeedList() {
  const { session, refresh } = useSession();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [turn, setTurn] = useState(0);
  const retry = useCallback(() => { setState({ kind: 'loading' }); setTurn((now) => now + 1); }, []);

  useEffect(() => {
    if (session.state === 'loading') return;
    const abort = new AbortController();
    loadFeed(abort.signal).then(
      (feed) => {
        if (abort.signal.aborted) return;
        setState({ kind: 'ready', feed });
        // The server doesn't know our token: fresh ones, or none, settle who we are; then this runs again.
        if (feed.sentToken && !feed.signed_in && session.state === 'signedIn') void refresh({ force: true });
      },
      () => { if (!abort.signal.aborted) setState({ kind: 'failed' }); },
    );
    return () => abort.abort();
  }, [session.state, refresh, turn]);

  if (state.kind === 'loading') return <Loading text={t('home.feedLoading')} />;
  if (state.kind === 'failed') {
    return (
      <div className="empty" role="alert" data-testid="error">
        <p>{t('home.feedFailed')}</p>
        <button type="button" className="button" onClick={retry}>{t('app.tryAgain')}</button>
      </div>
    );
  }
  const { activities, signed_in } = state.feed;
  if (activities.length === 0) {
    return (
      <div className="empty" data-testid="feed-empty">
        <p className="empty-title">{t('home.feedEmpty')}</p>
        <p>{signed_in ? t('home.feedEmptySignedIn') : t('home.feedEmptyNone')}</p>
      </div>
    );
  }
  return (
    <ul className="feed" data-testid="feed">
      {activities.map((activity) => <FeedItem key={activity.id} activity={activity} />)}
    </ul>
  );
}

function FeedItem({ activity }: { activity: Activity }) {
  const news = activity.kind === 'announcement';
  return (
    <li className={news ? 'feed-item feed-item-news' : 'feed-item'} data-testid="feed-item" data-kind={activity.kind}>
      <span className="feed-icon"><KindIcon kind={activity.kind} /></span>
      <div className="feed-text">
        <h3><bdi>{titleOf(activity)}</bdi></h3>
        {activity.body ? <p><bdi>{activity.body}</bdi></p> : null}
        <p className="feed-meta">
          <span>{news ? t('feed.news') : t('feed.yours')}</span>
          <Time iso={activity.created_at} />
        </p>
      </div>
    </li>
  );
}
