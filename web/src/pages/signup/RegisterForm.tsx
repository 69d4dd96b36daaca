import { useNavigate } from 'react-router';
import { register } from '../../api/register';
import { explain } from '../../auth/errors';
import { finishSignIn } from '../../auth/finishSignIn';
import { keepPassword } from '../../auth/pending';
import type { Demand } from '../../config';
import { useConfig } from '../../ConfigContext';
import { CheckField } from '../../forms/CheckField';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { useForm } from '../../forms/useForm';
import { UsernameField } from '../../forms/UsernameField';
import { emailError, errorsOf, newPasswordError } from '../../forms/validate';
import { t } from '../../messages';
import { pathOf, withNext } from '../../routing/next';
import { useSession } from '../../session/SessionContext';
import { useNotices } from '../../ui/Notices';
import type { SignUpStart } from '../SignUpPage';

type Field = 'firstName' | 'lastName' | 'email' | 'username' | 'sponsorCode' | 'password' | 'terms';

interface RegisterFormProps {
  readonly next: string;
  readonly start: SignUpStart;
  readonly onLinkSent: (email: string) => void;
}

/** Sign-up with what the application asks for. The account API answers no tokens of Amplify's: it ends in a sign-in with the password. */
export function RegisterForm({ next, start, onLinkSent }: RegisterFormProps) {
  const { passwordPolicy, application } = useConfig();
  const { refresh, setUnconfirmed } = useSession();
  const { say } = useNotices();
  const navigate = useNavigate();

  const form = useForm<Field>({
    id: 'register',
    initial: {
      firstName: '', lastName: '', email: start.email ?? '', username: '', sponsorCode: start.sponsorCode ?? '', password: start.password ?? '', terms: '',
    },
    validate: (values) =>
      errorsOf({
        firstName: missing(values.firstName, 'required') && t('invalid.givenNameMissing'),
        lastName: missing(values.lastName, 'required') && t('invalid.familyNameMissing'),
        email: emailError(values.email),
        username: missing(values.username, application.username) && t('invalid.usernameMissing'),
        sponsorCode: missing(values.sponsorCode, application.sponsorCode) && t('invalid.sponsorCodeMissing'),
        password: newPasswordError(values.password, passwordPolicy),
        terms: values.terms === 'yes' ? undefined : t('invalid.terms'),
      }),
    async submit(values) {
      const email = values.email.trim();
      const username = values.username.trim();
      const sponsorCode = values.sponsorCode.trim();
      const after = await register({
        email,
        password: values.password,
        first_name: values.firstName.trim(),
        last_name: values.lastName.trim(),
        accept_terms: true,
        ...(username ? { username } : {}),
        ...(sponsorCode ? { sponsor_code: sponsorCode } : {}),
        ...(start.invite ? { invite_token: start.invite } : {}),
      });
      if (after === 'link') {
        onLinkSent(email);
        return;
      }
      keepPassword(email, values.password);
      if (after === 'code') {
        setUnconfirmed(email);
        await navigate(withNext('/confirm', next));
        return;
      }
      if (await finishSignIn(email, false)) {
        say(t('signUp.done'), pathOf(next));
        // The guard of this page sends the signed-in on to `next`.
        await refresh();
        return;
      }
      // Somebody has this address already: they are told by mail, and the sign-in page lets in who knows the password.
      say(t('signUp.doneSignIn'), '/signin');
      await navigate(withNext('/signin', next), { state: { email } });
    },
    explain: (error) => explain(error, 'signUp'),
  });

  return (
    <FormShell form={form} submit={t('signUp.submit')} working={t('signUp.working')}>
      <TextField form={form} name="firstName" label={t('field.givenName')} autoComplete="given-name" />
      <TextField form={form} name="lastName" label={t('field.familyName')} autoComplete="family-name" />
      <TextField form={form} name="email" label={t('field.email')} help={start.invite ? t('help.emailInvited') : t('help.email')} type="email" inputMode="email" autoComplete="username" readOnly={start.invite !== undefined} />
      {application.username === 'none' ? null : (
        <UsernameField
          form={form}
          name="username"
          label={application.username === 'required' ? t('field.username') : t('field.usernameOptional')}
          help={t('help.username')}
          required={application.username === 'required'}
        />
      )}
      {application.sponsorCode === 'none' ? null : (
        <TextField
          form={form}
          name="sponsorCode"
          label={application.sponsorCode === 'required' ? t('field.sponsorCode') : t('field.sponsorCodeOptional')}
          help={t('help.sponsorCode')}
          autoComplete="off"
          required={application.sponsorCode === 'required'}
        />
      )}
      <PasswordField form={form} name="password" label={t('field.password')} autoComplete="new-password" policy={passwordPolicy} email={form.values.email} />
      <CheckField form={form} name="terms" label={application.name ? t('field.termsOf', { application: application.name }) : t('field.terms')} />
    </FormShell>
  );
}

function missing(value: string, demand: Demand): true | undefined {
  return demand === 'required' && value.trim() === '' ? true : undefined;
}
