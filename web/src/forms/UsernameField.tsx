import { ApiError } from '../api/client';
import { isUsernameFree } from '../api/register';
import { t } from '../messages';
import { FieldFrame, inputProps, type FieldProps } from './Field';
import { useCheck } from './useCheck';

type Answer = { readonly kind: 'free' | 'taken' } | { readonly kind: 'refused'; readonly text: string };

async function ask(username: string, signal: AbortSignal): Promise<Answer> {
  try {
    return { kind: (await isUsernameFree(username, signal)) ? 'free' : 'taken' };
  } catch (error) {
    // It says what a name has to be like.
    if (error instanceof ApiError && error.status === 400) return { kind: 'refused', text: error.fields['username'] ?? error.text };
    throw error;
  }
}

function textOf(answer: Answer): string {
  switch (answer.kind) {
    case 'free': return t('signUp.usernameFree');
    case 'taken': return t('invalid.usernameTaken');
    case 'refused': return answer.text;
  }
}

/** A user name, with whether it is free while it is typed. */
export function UsernameField<F extends string>(props: FieldProps<F>) {
  const { form, name } = props;
  const value = form.values[name].trim();
  const checked = useCheck(value, ask);
  const answer = checked?.input === value ? checked.result : null;
  const input = inputProps(props);
  const noteId = `${input.id}-availability`;
  return (
    <FieldFrame
      {...props}
      after={(
        <p className="availability" id={noteId} role="status" data-testid="availability" data-kind={answer?.kind}>
          {answer === null || form.errors[name] ? '' : textOf(answer)}
        </p>
      )}
    >
      <input
        {...input}
        className="input"
        type="text"
        autoComplete="nickname"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        aria-describedby={[input['aria-describedby'], noteId].filter(Boolean).join(' ')}
        onChange={(event) => form.set(name, event.target.value)}
      />
    </FieldFrame>
  );
}
