import { associateWebAuthnCredential } from 'aws-amplify/auth';
import { useCallback, useEffect, useState } from 'react';
import { explain } from '../../auth/errors';
import { listPasskeys, removePasskey, type Passkey } from '../../auth/passkeys';
import { t } from '../../messages';
import { useEnded } from '../../session/useEnded';
import { useNotices } from '../../ui/Notices';
import { useSlow } from '../../ui/useSlow';
import { Section } from './Section';

/** The passkeys of the account: list, add, remove. */
export function PasskeySection() {
  const ended = useEnded();
  const { say } = useNotices();
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const slow = useSlow(pending);

  const fail = useCallback(async (error: unknown) => {
    if (!(await ended(error))) setProblem(explain(error, 'passkey').text);
  }, [ended]);

  useEffect(() => {
    listPasskeys().then(setPasskeys, fail);
  }, [fail]);

  async function change(work: () => Promise<void>, done: string) {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      await work();
      setPasskeys(await listPasskeys());
      say(done);
    } catch (error) {
      await fail(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Section title={t('account.passkeys')} help={t('account.passkeysHelp')}>
      {passkeys === null ? (
        problem ? null : <p className="section-note">{t('account.passkeysLoading')}</p>
      ) : passkeys.length === 0 ? (
        <p className="section-note">{t('account.passkeysNone')}</p>
      ) : (
        <ul className="passkeys">
          {passkeys.map(({ id, name, made }) => (
            <li key={id} data-testid="passkey">
              <span>
                {name}
                <span className="section-note"> · {t('account.passkeyMade', { date: made })}</span>
              </span>
              <button
                type="button"
                className="link-button"
                aria-label={t('account.passkeyRemoveNamed', { name, date: made })}
                onClick={() => void change(() => removePasskey(id), t('account.passkeyRemoved'))}
              >
                {t('account.passkeyRemove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="button" onClick={() => void change(associateWebAuthnCredential, t('account.passkeyAdded'))}>
        {slow ? <span className="spinner" aria-hidden="true" /> : null}
        {slow ? t('account.passkeyAdding') : t('account.passkeyAdd')}
      </button>
      <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
    </Section>
  );
}
