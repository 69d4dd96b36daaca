import { useState, type KeyboardEvent } from 'react';
import { checkPassword, type PasswordRule } from '../auth/passwordPolicy';
import type { PasswordPolicy } from '../config';
import { t } from '../messages';
import { FieldFrame, inputProps, type FieldProps } from './Field';
import { PasswordStrength } from './PasswordStrength';

interface PasswordFieldProps<F extends string> extends FieldProps<F> {
  readonly autoComplete: 'current-password' | 'new-password';
  /** Shows the rules of a new password, ticked while typing. */
  readonly policy?: PasswordPolicy;
  /** With `policy`: whose password it is to be, where that is known. */
  readonly email?: string;
}

export function PasswordField<F extends string>(props: PasswordFieldProps<F>) {
  const { form, name, autoComplete, policy, email } = props;
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const input = inputProps(props);
  const described = [input['aria-describedby'], policy ? `${input.id}-rules` : null].filter(Boolean).join(' ');
  const onKey = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <FieldFrame
      {...props}
      after={policy ? (
        <>
          <Rules id={`${input.id}-rules`} password={form.values[name]} policy={policy} />
          <PasswordStrength id={`${input.id}-strength`} password={form.values[name]} policy={policy} email={email?.trim() || null} />
        </>
      ) : null}
    >
      <div className="password">
        <input
          {...input}
          className="input"
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          aria-describedby={described || undefined}
          onChange={(event) => form.set(name, event.target.value)}
          onKeyDown={onKey}
          onKeyUp={onKey}
          onBlur={() => setCapsLock(false)}
        />
        <button
          type="button"
          className="password-toggle"
          aria-label={shown ? t('password.hide') : t('password.show')}
          aria-controls={input.id}
          onClick={() => setShown(!shown)}
        >
          <Eye open={!shown} />
        </button>
      </div>
      <p className="caps-lock" role="status">{capsLock ? t('password.capsLock') : ''}</p>
    </FieldFrame>
  );
}

function ruleText(rule: PasswordRule, policy: PasswordPolicy): string {
  switch (rule) {
    case 'length': return t('password.ruleLength', { count: policy.minimumLength });
    case 'uppercase': return t('password.ruleUppercase');
    case 'lowercase': return t('password.ruleLowercase');
    case 'number': return t('password.ruleNumber');
    case 'symbol': return t('password.ruleSymbol');
  }
}

function Rules({ id, password, policy }: { id: string; password: string; policy: PasswordPolicy }) {
  return (
    <div className="rules" id={id}>
      <p>{t('password.rules')}</p>
      <ul>
        {checkPassword(password, policy).map(({ rule, met }) => (
          <li key={rule} className={met ? 'rule rule-met' : 'rule'} data-rule={rule} data-met={met}>
            <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
              {met ? <path d="m3.5 8.5 3 3 6-7" /> : <circle cx="8" cy="8" r="2" />}
            </svg>
            {ruleText(rule, policy)}
            <span className="visually-hidden">, {met ? t('password.met') : t('password.unmet')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Eye({ open }: { open: boolean }) {
  return (
    <svg className="icon icon-large" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
      <circle cx="12" cy="12" r="3" />
      {open ? null : <path d="m4 20 16-16" />}
    </svg>
  );
}
