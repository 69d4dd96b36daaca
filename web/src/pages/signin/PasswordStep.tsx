import { signIn } from 'aws-amplify/auth';
import { Link, useLocation } from 'react-router';
import { errorName, explain } from '../../auth/errors';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { useForm } from '../../forms/useForm';
import { errorsOf } from '../../forms/validate';
import { t } from '../../messages';
import { withNext } from '../../routing/next';
import { useSession } from '../../session/SessionContext';
import { Notes, Page, Split } from '../../ui/Page';
import type { OnAnswer } from '../SignInPage';
import { PasskeyButton } from './PasskeyButton';

interface PasswordStepProps {
  readonly next: string;
  readonly onAnswer: OnAnswer;
  /** Why the last try led nowhere. */
  readonly problem?: string;
}

export function PasswordStep({ next, onAnswer, problem }: PasswordStepProps) {
  const { session, refresh } = useSession();
  const state = useLocation().state as { email?: string } | null;

  const form = useForm<'email' | 'password'>({
    id: 'signin',
    initial: { email: state?.email ?? (session.state === 'unconfirmed' ? session.email : ''), password: '' },
    // An address only has to be there: a pool may also sign in by another name.
    validate: ({ email, password }) =>
      errorsOf({
        email: email.trim() === '' ? t('invalid.emailMissing') : undefined,
        password: password === '' ? t('invalid.passwordMissing') : undefined,
      }),
    async submit({ email: typed, password }) {
      const email = typed.trim();
      await onAnswer(await signIn({ username: email, password }), email, password);
    },
    async explain(error) {
      // Another tab was faster.
      if (errorName(error) === 'UserAlreadyAuthenticatedException' && (await refresh()).state === 'signedIn') return null;
      return explain(error, 'signIn');
    },
  });

  return (
    <Page title={t('signIn.title')} lead={next === '/' ? t('signIn.lead') : t('signIn.next')}>
      <Split aside={<Notes title={t('signIn.asideTitle')} items={[t('signIn.aside1'), t('signIn.aside2'), t('signIn.aside3')]} />}>
        {problem && form.failures === 0 ? <div className="summary" role="alert" data-testid="error"><p>{problem}</p></div> : null}
        <FormShell form={form} submit={t('signIn.submit')} working={t('signIn.working')}>
          <TextField form={form} name="email" label={t('field.email')} type="email" inputMode="email" autoComplete="username" />
          <PasswordField form={form} name="password" label={t('field.password')} autoComplete="current-password" />
        </FormShell>
        <PasskeyButton email={form.values.email.trim()} onAnswer={onAnswer} />
        <div className="after-list">
          <p>
            <Link to={withNext('/recover', next)} state={{ email: form.values.email.trim() }}>{t('signIn.forgot')}</Link>
          </p>
          <p>
            {t('signIn.noAccount')} <Link to={withNext('/signup', next)}>{t('signIn.toSignUp')}</Link>
          </p>
        </div>
      </Split>
    </Page>
  );
}
