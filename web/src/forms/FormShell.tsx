import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../messages';
import { useSlow } from '../ui/useSlow';
import type { Form } from './useForm';

interface FormShellProps<F extends string> {
  readonly form: Form<F>;
  readonly submit: string;
  readonly working: string;
  /** Accessible name, where a page has several forms. */
  readonly label?: string;
  readonly secondary?: boolean;
  readonly children: ReactNode;
  /** Beside the submit button. */
  readonly actions?: ReactNode;
}

/** A form with its summary of errors and its button. Validation is ours, so that texts are too. */
export function FormShell<F extends string>({ form, submit, working, label, secondary, children, actions }: FormShellProps<F>) {
  const slow = useSlow(form.pending);
  return (
    <form className="form" noValidate onSubmit={form.onSubmit} aria-label={label} aria-busy={form.pending}>
      <ErrorSummary form={form} />
      {children}
      <div className="form-actions">
        <button type="submit" className={secondary ? 'button' : 'button button-primary'}>
          {slow ? <span className="spinner" aria-hidden="true" /> : null}
          {slow ? working : submit}
        </button>
        {actions}
      </div>
      <p className="visually-hidden" role="status">{slow ? working : ''}</p>
    </form>
  );
}

function ErrorSummary<F extends string>({ form }: { form: Form<F> }) {
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.entries(form.errors) as [F, string][];
  const shown = fields.length > 0 || form.problem !== null;

  useEffect(() => {
    if (form.failures > 0) box.current?.focus();
  }, [form.failures]);

  if (!shown) return null;
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box} data-testid="error">
      <p className="summary-title">{t('form.summary')}</p>
      {form.problem === null ? null : <p>{form.problem}</p>}
      {fields.length === 0 ? null : (
        <ul>
          {fields.map(([field, text]) => (
            <li key={field}>
              <a href={`#${form.id}-${field}`} onClick={(event) => focusField(event, `${form.id}-${field}`)}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

// Without this the router would not move the focus, and the address would get a fragment.
function focusField(event: React.MouseEvent, id: string) {
  event.preventDefault();
  document.getElementById(id)?.focus();
}
