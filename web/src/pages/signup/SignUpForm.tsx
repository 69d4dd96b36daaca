import { autoSignIn, signUp } from 'aws-amplify/auth';
import { useNavigate } from 'react-router';
import { explain } from '../../auth/errors';
import { keepPassword } from '../../auth/pending';
import { useConfig } from '../../ConfigContext';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { useForm } from '../../forms/useForm';
import { emailError, errorsOf, newPasswordError } from '../../forms/validate';
import { currentLanguage, t } from '../../messages';
import { announceSignUp } from '../../realtime/identity';
import { withNext } from '../../routing/next';
import { useSession } from '../../session/SessionContext';
import type { SignUpStart } from '../SignUpPage';

interface SignUpFormProps {
  readonly next: string;
  /** What the longer form is for; null: there is none. */
  readonly more: string | null;
  readonly onMore: (start: SignUpStart) => void;
}

/** An address and a password, straight to the pool. */
export function SignUpForm({ next, more, onMore }: SignUpFormProps) {
  const { passwordPolicy } = useConfig();
  const { refresh, setUnconfirmed } = useSession();
  const navigate = useNavigate();

  const form = useForm<'name' | 'email' | 'password'>({
    id: 'signup',
    initial: { name: '', email: '', password: '' },
    validate: ({ email, password }) =>
      errorsOf({ name: undefined, email: emailError(email), password: newPasswordError(password, passwordPolicy) }),
    async submit(values) {
      const email = values.email.trim();
      const name = values.name.trim();
      const { isSignUpComplete } = await signUp({
        username: email,
        password: values.password,
        options: {
          // The language of the page is the one that mail is written in.
          userAttributes: { email, locale: currentLanguage(), ...(name ? { name } : {}) },
          autoSignIn: { authFlowType: 'USER_AUTH' },
        },
      });
      // A pool may confirm by itself; then there is no code to enter.
      if (isSignUpComplete) {
        announceSignUp(email);
        await autoSignIn().catch(() => undefined);
        if ((await refresh()).state !== 'signedIn') await navigate(withNext('/signin', next), { state: { email } });
        return;
      }
      keepPassword(email, values.password);
      setUnconfirmed(email);
      await navigate(withNext('/confirm', next));
    },
    explain: (error) => explain(error, 'signUp'),
  });

  return (
    <FormShell form={form} submit={t('signUp.submit')} working={t('signUp.working')}>
      <TextField form={form} name="name" label={t('field.nameOptional')} help={t('help.name')} autoComplete="name" required={false} />
      {/* The address is the user name: password managers are told so. */}
      <TextField form={form} name="email" label={t('field.email')} help={t('help.email')} type="email" inputMode="email" autoComplete="username" />
      <PasswordField form={form} name="password" label={t('field.password')} autoComplete="new-password" policy={passwordPolicy} email={form.values.email} />
      {more === null ? null : (
        <button type="button" className="link-button" onClick={() => onMore({ email: form.values.email, password: form.values.password })}>{more}</button>
      )}
    </FormShell>
  );
}
