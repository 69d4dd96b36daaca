import type { ClipboardEvent } from 'react';
import { digitsOf } from '../auth/code';
import { FieldFrame, inputProps, type FieldProps } from './Field';

/**
 * One field, not six: autofill, paste, screen readers and undo all work. Whatever surrounds the digits
 * in the clipboard is dropped.
 */
export function CodeField<F extends string>(props: FieldProps<F> & { length?: number }) {
  const { form, name, length = 6 } = props;

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const digits = digitsOf(event.clipboardData.getData('text'));
    if (digits === '') return;
    event.preventDefault();
    form.set(name, digits.slice(0, length));
  }

  return (
    <FieldFrame {...props}>
      <input
        {...inputProps(props)}
        className="input input-code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        spellCheck={false}
        dir="ltr"
        onPaste={onPaste}
        onChange={(event) => form.set(name, digitsOf(event.target.value).slice(0, length))}
      />
    </FieldFrame>
  );
}
