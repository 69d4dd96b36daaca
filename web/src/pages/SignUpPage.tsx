import { autoSignIn, signUp } from 'aws-amplify/auth';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { explain } from '../auth/errors';
import { keepPassword } from '../auth/pending';
import { useConfig } from '../ConfigContext';
import { TextField } from '../forms/Field';
import { FormShell } from '../forms/FormShell';
import { PasswordField } from '../forms/PasswordField';
import { useForm } from '../forms/useForm';
import { emailError, errorsOf, newPasswordError } from '../forms/validate';
import { t } from '../messages';
import { safeNext, withNext } from '../routing/next';
import { useSession } from '../session/SessionContext';
import { Page, Split, Steps } from '../ui/Page';

export function SignUpPage() {
  const { passwordPolicy } = useConfig();
  const { refresh, setUnconfirmed } = useSession();
  const navigate = useNavigate();
  const next = safeNext(useSearchParams()[0].get('next'));

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
        options: { userAttributes: name ? { email, name } : { email }, autoSignIn: { authFlowType: 'USER_AUTH' } },
      });
      // A pool may confirm by itself; then there is no code to enter.
      if (isSignUpComplete) {
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
    <Page title={t('signUp.title')} lead={t('signUp.lead')}>
      <Split aside={<Steps title={t('signUp.asideTitle')} items={[t('signUp.aside1'), t('signUp.aside2'), t('signUp.aside3')]} />}>
        <FormShell form={form} submit={t('signUp.submit')} working={t('signUp.working')}>
          <TextField form={form} name="name" label={t('field.nameOptional')} help={t('help.name')} autoComplete="name" required={false} />
          {/* The address is the user name: password managers are told so. */}
          <TextField form={form} name="email" label={t('field.email')} help={t('help.email')} type="email" inputMode="email" autoComplete="username" />
          <PasswordField form={form} name="password" label={t('field.password')} autoComplete="new-password" policy={passwordPolicy} />
        </FormShell>
        <p className="after">
          {t('signUp.haveAccount')} <Link to={withNext('/signin', next)}>{t('signUp.toSignIn')}</Link>
        </p>
      </Split>
    </Page>
  );
}
