import { explain, type Task } from '../../auth/errors';
import { useForm, type Form } from '../../forms/useForm';
import { useEnded } from '../../session/useEnded';

type Options<F extends string> = Omit<Parameters<typeof useForm<F>>[0], 'explain'> & { readonly task: Task };

/** A form of someone who is signed in: when the session turns out to be over, they are asked to sign in again. */
export function useAccountForm<F extends string>({ task, ...options }: Options<F>): Form<F> {
  const ended = useEnded();
  return useForm<F>({
    ...options,
    explain: async (error) => ((await ended(error)) ? null : explain(error, task)),
  });
}
