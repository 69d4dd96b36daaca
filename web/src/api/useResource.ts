import { useCallback, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../messages/useLanguage';
import { useEnded } from '../session/useEnded';

/** Something of the account API on its way to a page. A failure keeps its error, so that it is told in the language of the page. */
export type Resource<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly data: T };

export interface LoadedResource<T> {
  readonly resource: Resource<T>;
  /** Asks again; what is shown stays until the answer is there, unless there was none. */
  reload(): Promise<void>;
}

/** Loads when the page opens, and again when the language changes, for answers hold words. `load` has to be stable. */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>): LoadedResource<T> {
  const [resource, setResource] = useState<Resource<T>>({ kind: 'loading' });
  const ended = useEnded();
  const language = useLanguage();
  const abort = useRef<AbortController>(undefined);

  const reload = useCallback(async () => {
    abort.current?.abort();
    const { signal } = (abort.current = new AbortController());
    setResource((now) => (now.kind === 'ready' ? now : { kind: 'loading' }));
    try {
      const data = await load(signal);
      if (!signal.aborted) setResource({ kind: 'ready', data });
    } catch (error) {
      if (signal.aborted) return;
      if (!(await ended(error))) setResource({ kind: 'failed', error });
    }
  }, [load, ended]);

  useEffect(() => {
    void reload();
    return () => abort.current?.abort();
  }, [reload, language]);

  return { resource, reload };
}
