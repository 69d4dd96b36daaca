import { confirmSignIn } from 'aws-amplify/auth';
import { attributeField } from '../../auth/attributes';
import { explain } from '../../auth/errors';
import { useConfig } from '../../ConfigContext';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { useForm } from '../../forms/useForm';
import { errorsOf, newPasswordError } from '../../forms/validate';
import { t } from '../../messages';
import { Page } from '../../ui/Page';
import type { OnAnswer } from '../SignInPage';

interface NewPasswordStepProps {
  readonly email: string;
  /** Attributes that the pool requires and this user lacks. */
  readonly missing: readonly string[];
  readonly onAnswer: OnAnswer;
  readonly onStartOver: (text?: string) => void;
}

/** A user whom an administrator created replaces the temporary password. */
export function NewPasswordStep({ email, missing, onAnswer, onStartOver }: NewPasswordStepProps) {
  const { passwordPolicy } = useConfig();

  const form = useForm<string>({
    id: 'new-password',
    initial: { newPassword: '', ...Object.fromEntries(missing.map((name) => [name, ''])) },
    validate: (values) =>
      errorsOf({
        newPassword: newPasswordError(values['newPassword'] ?? '', passwordPolicy),
        ...Object.fromEntries(missing.map((name) => [name, values[name]?.trim() ? undefined : t('invalid.required')])),
      }),
    async submit(values) {
      const userAttributes = Object.fromEntries(missing.map((name) => [name, values[name]?.trim() ?? '']));
      const answer = await confirmSignIn({ challengeResponse: values['newPassword']!, options: { userAttributes } });
      await onAnswer(answer, email);
    },
    explain(error) {
      const explained = explain(error, 'newPassword');
      // The step itself is over; only a new start helps.
      if (explained.text !== t('error.stepExpired')) return explained;
      onStartOver(explained.text);
      return null;
    },
  });

  return (
    <Page title={t('signIn.newPasswordTitle')} lead={t('signIn.newPasswordLead')}>
      <FormShell form={form} submit={t('signIn.newPasswordSubmit')} working={t('signIn.working')}>
        <input type="hidden" name="username" autoComplete="username" value={email} />
        {missing.map((name) => {
          const field = attributeField(name);
          return (
            <TextField key={name} form={form} name={name} label={field.label} help={field.help} type={field.type} autoComplete={field.autoComplete} />
          );
        })}
        <PasswordField form={form} name="newPassword" label={t('field.newPassword')} autoComplete="new-password" policy={passwordPolicy} email={email} />
      </FormShell>
      <p className="after">
        <button type="button" className="link-button" onClick={() => onStartOver()}>{t('signIn.startOver')}</button>
      </p>
    </Page>
  );
}
