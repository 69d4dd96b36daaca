import { FieldError, inputProps, type FieldProps } from './Field';

/** Something to agree to. A form holds text: `yes` or nothing. */
export function CheckField<F extends string>(props: FieldProps<F>) {
  const { form, name, label } = props;
  const { value, ...input } = inputProps(props);
  return (
    <div className={form.errors[name] ? 'field field-bad' : 'field'}>
      <label className="choice">
        <input {...input} type="checkbox" checked={value === 'yes'} onChange={(event) => form.set(name, event.target.checked ? 'yes' : '')} />
        {label}
      </label>
      <FieldError id={input.id} text={form.errors[name]} />
    </div>
  );
}
