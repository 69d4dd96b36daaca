import { signOut } from 'aws-amplify/auth';
import { useState } from 'react';
import { explain } from '../../auth/errors';
import { signOutEverywhere } from '../../auth/globalSignOut';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useNotices } from '../../ui/Notices';
import { useSlow } from '../../ui/useSlow';
import { Section } from './Section';

export function SignOutSection() {
  const { refresh, endedBy } = useSession();
  const { say } = useNotices();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const slow = useSlow(pending);

  async function leave(work: () => Promise<void>, done: string) {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      await work();
      say(done, '/');
      await refresh({ left: true });
    } catch (error) {
      setPending(false);
      if (await endedBy(error)) say(t('error.sessionEnded'), '/signin');
      else setProblem(explain(error, 'account').text);
    }
  }

  return (
    <Section title={t('account.sessions')} help={t('account.sessionsHelp')}>
      <div className="button-row">
        <button type="button" className="button" onClick={() => void leave(() => signOut(), t('account.signedOut'))}>
          {t('account.signOutHere')}
        </button>
        <button type="button" className="button" onClick={() => void leave(signOutEverywhere, t('account.signedOutEverywhere'))}>
          {t('account.signOutEverywhere')}
        </button>
      </div>
      <p className="section-note" role="status">{slow ? t('account.signingOut') : ''}</p>
      <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
    </Section>
  );
}
