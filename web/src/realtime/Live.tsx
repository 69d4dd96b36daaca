import { useEffect, useEffectEvent } from 'react';
import { t } from '../messages';
import { audienceOf } from '../routing/pages';
import { useSession } from '../session/SessionContext';
import { useNotices } from '../ui/Notices';
import { startLive } from './live';

/** Tells the server who is here, and the person when their session has ended elsewhere. Draws nothing. */
export function Live() {
  const { session, refresh } = useSession();
  const { say } = useNotices();
  const username = session.state === 'signedIn' ? session.username : null;

  const onEnded = useEffectEvent(async () => {
    // Fresh tokens decide, as everywhere: a session that has ended can't get any, and Amplify drops the old ones.
    if ((await refresh({ force: true })).state !== 'none') return;
    // Where the person is by now: they may have gone on meanwhile.
    const { pathname } = window.location;
    say(t('error.sessionEnded'), audienceOf(pathname) === 'member' ? '/signin' : pathname);
  });

  useEffect(() => (username === null ? undefined : startLive(() => void onEnded())), [username]);
  return null;
}
