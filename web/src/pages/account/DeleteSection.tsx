import { deleteUser } from 'aws-amplify/auth';
import { useRef, useState } from 'react';
import { explain } from '../../auth/errors';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useNotices } from '../../ui/Notices';
import { useSlow } from '../../ui/useSlow';
import { Section } from './Section';

export function DeleteSection({ email }: { email: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { refresh, endedBy } = useSession();
  const { say } = useNotices();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const slow = useSlow(pending);

  async function destroy() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      await deleteUser();
      say(t('account.deleted'), '/');
      await refresh({ left: true });
    } catch (error) {
      setPending(false);
      if (await endedBy(error)) say(t('error.sessionEnded'), '/signin');
      else setProblem(explain(error, 'account').text);
    }
  }

  return (
    <Section title={t('account.delete')} help={t('account.deleteHelp')}>
      <button type="button" className="button button-bad" onClick={() => dialog.current?.showModal()}>{t('account.deleteOpen')}</button>
      <dialog className="dialog" ref={dialog} aria-labelledby="delete-title" aria-describedby="delete-what">
        <h2 id="delete-title">{t('account.deleteTitle', { email })}</h2>
        <div id="delete-what">
          <p>{t('account.deleteWhat')}</p>
          <ul>
            <li>{t('account.delete1')}</li>
            <li>{t('account.delete2')}</li>
            <li>{t('account.delete3')}</li>
          </ul>
          <p>{t('account.deleteNoWay')}</p>
        </div>
        <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
        <form method="dialog" className="button-row">
          {/* First, so that it has the focus: Enter by mistake keeps the account. */}
          <button type="submit" className="button">{t('account.deleteCancel')}</button>
          <button type="button" className="button button-bad-solid" onClick={() => void destroy()}>
            {slow ? <span className="spinner" aria-hidden="true" /> : null}
            {slow ? t('account.deleting') : t('account.deleteConfirm')}
          </button>
        </form>
      </dialog>
    </Section>
  );
}
