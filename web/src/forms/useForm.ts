import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react';
import type { Explained } from '../auth/errors';
import { useLanguage } from '../messages/useLanguage';
import { useNotices } from '../ui/Notices';

export type Errors = Readonly<Record<string, string>>;

interface FormOptions<F extends string> {
  /** Prefix of element ids, unique on the page. */
  readonly id: string;
  readonly initial: Readonly<Record<F, string>>;
  /** Error texts by field; an empty record means: send it. */
  validate(values: Readonly<Record<F, string>>): Partial<Record<F, string>>;
  /** Does the work. A failure is thrown, and put into words by `explain`. */
  submit(values: Readonly<Record<F, string>>): Promise<void>;
  /** Null when the failure has been dealt with, by going elsewhere. */
  explain(error: unknown): Explained | null | Promise<Explained | null>;
}

export interface Form<F extends string> {
  readonly id: string;
  readonly values: Readonly<Record<F, string>>;
  readonly errors: Partial<Record<F, string>>;
  /** An error that belongs to no field. */
  readonly problem: string | null;
  readonly pending: boolean;
  /** Counts failed tries: the summary takes the focus each time. */
  readonly failures: number;
  set(field: F, value: string): void;
  reset(values: Readonly<Record<F, string>>): void;
  onSubmit(event: FormEvent): void;
}

export function useForm<F extends string>(options: FormOptions<F>): Form<F> {
  const [values, setValues] = useState(options.initial);
  const [errors, setErrors] = useState<Partial<Record<F, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [failures, setFailures] = useState(0);
  const busy = useRef(false);
  const language = useLanguage();
  const { clear } = useNotices();

  // What was wrong has been said in another language; the next try says it in this one.
  useEffect(() => {
    setErrors({});
    setProblem(null);
  }, [language]);

  const set = useCallback((field: F, value: string) => {
    setValues((now) => ({ ...now, [field]: value }));
    // Being put right, it is no longer wrong; the next try will tell.
    setErrors((now) => {
      if (!(field in now)) return now;
      const rest = { ...now };
      delete rest[field];
      return rest;
    });
  }, []);

  const reset = useCallback((next: Readonly<Record<F, string>>) => {
    setValues(next);
    setErrors({});
    setProblem(null);
  }, []);

  function fail(fields: Partial<Record<F, string>>, text: string | null) {
    setErrors(fields);
    setProblem(text);
    setFailures((count) => count + 1);
  }

  async function run() {
    // What was done before says nothing about this try.
    clear();
    const invalid = options.validate(values);
    if (Object.keys(invalid).length > 0) {
      fail(invalid, null);
      return;
    }
    setErrors({});
    setProblem(null);
    setPending(true);
    try {
      await options.submit(values);
    } catch (error) {
      const explained = await options.explain(error);
      if (explained) {
        const several = Object.entries(explained.byField ?? {}).filter(([name]) => name in values);
        if (several.length > 0) {
          fail(Object.fromEntries(several) as Partial<Record<F, string>>, null);
          return;
        }
        // The first field that this form has; the same text under two fields would read as two errors.
        const field = explained.fields.find((name) => name in values);
        fail((field ? { [field]: explained.text } : {}) as Partial<Record<F, string>>, field ? null : explained.text);
      }
    } finally {
      setPending(false);
    }
  }

  // The button is never disabled: a second press while we work is simply ignored.
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    void run().finally(() => {
      busy.current = false;
    });
  }

  return { id: options.id, values, errors, problem, pending, failures, set, reset, onSubmit };
}
