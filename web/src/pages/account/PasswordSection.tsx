import { updatePassword } from 'aws-amplify/auth';
import { useConfig } from '../../ConfigContext';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { errorsOf, newPasswordError } from '../../forms/validate';
import { t } from '../../messages';
import { useNotices } from '../../ui/Notices';
import { Section } from './Section';
import { useAccountForm } from './useAccountForm';

const empty = { currentPassword: '', newPassword: '' };

export function PasswordSection({ email }: { email: string }) {
  const { passwordPolicy } = useConfig();
  const { say } = useNotices();

  const form = useAccountForm<'currentPassword' | 'newPassword'>({
    id: 'password',
    task: 'password',
    initial: empty,
    validate: ({ currentPassword, newPassword }) =>
      errorsOf({
        currentPassword: currentPassword === '' ? t('invalid.passwordMissing') : undefined,
        newPassword: newPasswordError(newPassword, passwordPolicy),
      }),
    async submit({ currentPassword, newPassword }) {
      await updatePassword({ oldPassword: currentPassword, newPassword });
      form.reset(empty);
      say(t('account.passwordSaved'));
    },
  });

  return (
    <Section title={t('account.password')} help={t('account.passwordHelp')}>
      <FormShell form={form} label={t('account.password')} submit={t('account.passwordSave')} working={t('account.saving')} secondary>
        {/* So that a password manager knows whose password changes. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordField form={form} name="currentPassword" label={t('field.currentPassword')} autoComplete="current-password" />
        <PasswordField form={form} name="newPassword" label={t('field.newPassword')} autoComplete="new-password" policy={passwordPolicy} email={email} />
      </FormShell>
    </Section>
  );
}
