import { useState } from 'react';
import { errorName, explain } from '../../auth/errors';
import { signInWithPasskey } from '../../auth/passkeys';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useSlow } from '../../ui/useSlow';
import type { OnAnswer } from '../SignInPage';

/** The way in without a password. It needs the address of the form above: the server asks for the passkeys of one account. */
export function PasskeyButton({ email, onAnswer }: { readonly email: string; readonly onAnswer: OnAnswer }) {
  const { refresh } = useSession();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const slow = useSlow(pending);

  async function enter() {
    if (pending) return;
    if (email === '') {
      setProblem(t('invalid.emailMissing'));
      return;
    }
    setPending(true);
    setProblem(null);
    try {
      const answer = await signInWithPasskey(email);
      if (answer === null) setProblem(t('error.noPasskey'));
      else await onAnswer(answer, email);
    } catch (error) {
      // Another tab was faster.
      const isSignedIn = errorName(error) === 'UserAlreadyAuthenticatedException' && (await refresh()).state === 'signedIn';
      if (!isSignedIn) setProblem(explain(error, 'signIn').text);
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="passkey">
      <button type="button" className="button" onClick={() => void enter()}>
        {slow ? <span className="spinner" aria-hidden="true" /> : null}
        {slow ? t('signIn.passkeyWorking') : t('signIn.passkey')}
      </button>
      <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
    </div>
  );
}
