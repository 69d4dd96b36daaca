import { useRef, useState } from 'react';
import { explain, type Task } from '../auth/errors';
import { useEnded } from '../session/useEnded';
import { useNotices } from './Notices';
import { useSlow } from './useSlow';

export interface Action {
  /** True once it takes long enough to be shown. */
  readonly slow: boolean;
  readonly problem: string | null;
  /** One at a time: a second press while it runs is ignored. False: it failed, and the problem says why. */
  run(work: () => Promise<void>): Promise<boolean>;
}

/** What a button of someone who is signed in does, with its wait and its failure. */
export function useAction(task: Task = 'account'): Action {
  const ended = useEnded();
  const { clear } = useNotices();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const busy = useRef(false);

  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy.current) return false;
    busy.current = true;
    clear();
    setPending(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      if (!(await ended(failure))) setError(failure);
      return false;
    } finally {
      busy.current = false;
      setPending(false);
    }
  }

  return { slow: useSlow(pending), problem: error === null ? null : explain(error, task).text, run };
}
