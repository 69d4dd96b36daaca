import { useEffect, useState } from 'react';

const pause = 400;

/** What was found out, and about which input: while the person types on, it is about an older one. */
export interface Checked<T> {
  readonly input: string;
  readonly result: T;
}

/**
 * Asks the server about what is being typed, once the typing rests. Never in anybody's way: a failure is no
 * answer, and an answer to older input is dropped. `check` has to be stable.
 */
export function useCheck<T>(input: string, check: (input: string, signal: AbortSignal) => Promise<T>): Checked<T> | null {
  const [checked, setChecked] = useState<Checked<T> | null>(null);

  useEffect(() => {
    if (input === '') {
      setChecked(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      check(input, abort.signal).then(
        (result) => { if (!abort.signal.aborted) setChecked({ input, result }); },
        () => { if (!abort.signal.aborted) setChecked(null); },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [input, check]);

  return checked;
}
