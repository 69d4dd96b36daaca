import { explain, type Task } from '../../auth/errors';
import { useForm, type Form } from '../../forms/useForm';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useNotices } from '../../ui/Notices';

type Options<F extends string> = Omit<Parameters<typeof useForm<F>>[0], 'explain'> & { readonly task: Task };

/** A form of someone who is signed in: when the session turns out to be over, they are asked to sign in again. */
export function useAccountForm<F extends string>({ task, ...options }: Options<F>): Form<F> {
  const { endedBy } = useSession();
  const { say } = useNotices();
  return useForm<F>({
    ...options,
    async explain(error) {
      if (!(await endedBy(error))) return explain(error, task);
      say(t('error.sessionEnded'), '/signin');
      return null;
    },
  });
}
