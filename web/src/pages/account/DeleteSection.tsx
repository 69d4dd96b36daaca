import { deleteUser, signOut } from 'aws-amplify/auth';
import { useRef } from 'react';
import { deleteAccount } from '../../api/account';
import { ApiError } from '../../api/client';
import { t } from '../../messages';
import { leaving } from '../../realtime/live';
import { useSession } from '../../session/SessionContext';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { useNotices } from '../../ui/Notices';
import { useAction } from '../../ui/useAction';
import { Section } from './Section';

export function DeleteSection({ email }: { email: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { refresh } = useSession();
  const { say } = useNotices();
  const { slow, problem, run } = useAction();

  const destroy = () => run(async () => {
    await leaving(remove, { say: false });
    say(t('account.deleted'), '/');
    await refresh({ left: true });
  });

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
            <li>{t('account.delete4')}</li>
          </ul>
          <p>{t('account.deleteNoWay')}</p>
        </div>
        <ActionProblem text={problem} />
        <form method="dialog" className="button-row">
          {/* First, so that it has the focus: Enter by mistake keeps the account. */}
          <button type="submit" className="button">{t('account.deleteCancel')}</button>
          <ActionButton className="button button-bad-solid" slow={slow} working={t('account.deleting')} onPress={() => void destroy()}>
            {t('account.deleteConfirm')}
          </ActionButton>
        </form>
      </dialog>
    </Section>
  );
}

/** All that belongs to the account goes with it. Beside a pool without an account API there is only the user to delete. */
async function remove(): Promise<void> {
  try {
    await deleteAccount();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_SERVED') throw error;
    await deleteUser();
    return;
  }
  // Of the tokens here; the server has none of them any more.
  await signOut();
}
