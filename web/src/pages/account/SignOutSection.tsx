import { signOutEverywhere } from '../../auth/globalSignOut';
import { leave } from '../../auth/leave';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { ActionProblem } from '../../ui/ActionButton';
import { useNotices } from '../../ui/Notices';
import { useAction } from '../../ui/useAction';
import { Section } from './Section';

export function SignOutSection() {
  const { refresh } = useSession();
  const { say } = useNotices();
  const { slow, problem, run } = useAction();

  const end = (work: () => Promise<void>, done: string) => run(async () => {
    await work();
    say(done, '/');
    await refresh({ left: true });
  });

  return (
    <Section title={t('account.sessions')} help={t('account.sessionsHelp')}>
      <div className="button-row">
        <button type="button" className="button" onClick={() => void end(leave, t('account.signedOut'))}>
          {t('account.signOutHere')}
        </button>
        <button type="button" className="button" onClick={() => void end(signOutEverywhere, t('account.signedOutEverywhere'))}>
          {t('account.signOutEverywhere')}
        </button>
      </div>
      <p className="section-note" role="status">{slow ? t('account.signingOut') : ''}</p>
      <ActionProblem text={problem} />
    </Section>
  );
}
