import { useCallback } from 'react';
import { ApiError } from '../api/client';
import { leave } from '../auth/leave';
import { t } from '../messages';
import { useNotices } from '../ui/Notices';
import { useSession } from './SessionContext';

/**
 * True where a failure means that the person has to sign in again: the guard of the page asks them to, this says why,
 * and they come back to where they were.
 */
export function useEnded(): (error: unknown) => Promise<boolean> {
  const { endedBy, refresh } = useSession();
  const { say } = useNotices();
  return useCallback(async (error: unknown) => {
    // The session is good, but too old for what was asked; Amplify signs nobody in who is signed in.
    if (error instanceof ApiError && error.code === 'REAUTHENTICATION_REQUIRED') {
      await leave();
      say(t('error.signInAgain'), '/signin');
      await refresh();
      return true;
    }
    if (!(await endedBy(error))) return false;
    say(t('error.sessionEnded'), '/signin');
    return true;
  }, [endedBy, refresh, say]);
}
