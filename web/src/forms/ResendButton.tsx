import { useState } from 'react';
import { explain, type Task } from '../auth/errors';
import { t } from '../messages';
import { useCooldown } from '../ui/useCooldown';
import { useNotices } from '../ui/Notices';
import { useSlow } from '../ui/useSlow';
import { emailError } from './validate';

interface ResendButtonProps {
  /** Of the cooldown. */
  readonly name: string;
  readonly email: string;
  readonly task: Task;
  readonly send: () => Promise<void>;
  readonly sent: string;
}

/** Asks for another code, and shows for how long it will not do so again. */
export function ResendButton({ name, email, task, send, sent }: ResendButtonProps) {
  const [left, start] = useCooldown(name);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { say, clear } = useNotices();
  const slow = useSlow(pending);

  async function press() {
    if (pending || left > 0) return;
    const invalid = emailError(email);
    setProblem(invalid ?? null);
    clear();
    if (invalid) return;
    setPending(true);
    try {
      await send();
      start();
      say(sent);
    } catch (error) {
      setProblem(explain(error, task).text);
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="resend">
      <button type="button" className="button" aria-disabled={left > 0 || undefined} onClick={() => void press()}>
        {slow ? t('confirm.resending') : left > 0 ? t('confirm.resendIn', { seconds: left }) : t('confirm.resend')}
      </button>
      <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
    </div>
  );
}
