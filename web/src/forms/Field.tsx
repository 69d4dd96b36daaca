import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react';
import type { Form } from './useForm';

export interface FieldProps<F extends string> {
  readonly form: Form<F>;
  readonly name: F;
  readonly label: string;
  readonly help?: string | undefined;
  readonly required?: boolean;
}

interface TextFieldProps<F extends string> extends FieldProps<F> {
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: 'text' | 'email' | 'tel' | 'numeric';
  readonly readOnly?: boolean;
}

/** Label above, help below; an error takes the place of the help. */
export function FieldFrame<F extends string>(props: FieldProps<F> & { children: ReactNode; after?: ReactNode }) {
  const { form, name, label, help, children, after } = props;
  const error = form.errors[name];
  const id = `${form.id}-${name}`;
  return (
    <div className={error ? 'field field-bad' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error ? (
        <FieldError id={id} text={error} />
      ) : help ? (
        <p className="field-help" id={`${id}-note`}>{help}</p>
      ) : null}
      {after}
    </div>
  );
}

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p className="field-error" id={`${id}-note`} data-testid="field-error">
      <ErrorIcon />
      {text}
    </p>
  );
}

/** What ties an input to its label, its note and its state. */
export function inputProps<F extends string>({ form, name, help, required = true }: FieldProps<F>) {
  const id = `${form.id}-${name}`;
  const error = form.errors[name];
  return {
    id,
    name,
    value: form.values[name],
    required,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error || help ? `${id}-note` : undefined,
  } as const;
}

export function TextField<F extends string>(props: TextFieldProps<F>) {
  const { form, name, type = 'text', autoComplete, inputMode, readOnly } = props;
  return (
    <FieldFrame {...props}>
      <input
        {...inputProps(props)}
        className="input"
        type={type}
        autoComplete={autoComplete}
        inputMode={inputMode}
        readOnly={readOnly}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        spellCheck={false}
        dir={type === 'email' ? 'ltr' : 'auto'}
        onChange={(event) => form.set(name, event.target.value)}
      />
    </FieldFrame>
  );
}

function ErrorIcon() {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" />
      <path d="M8 4.75v4M8 11.25v.01" />
    </svg>
  );
}
