import { confirmSignUp, resendSignUpCode } from 'aws-amplify/auth';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { errorMessage, explain } from '../auth/errors';
import { finishSignIn } from '../auth/finishSignIn';
import { CodeField } from '../forms/CodeField';
import { TextField } from '../forms/Field';
import { FormShell } from '../forms/FormShell';
import { ResendButton } from '../forms/ResendButton';
import { useForm } from '../forms/useForm';
import { codeError, emailError, errorsOf } from '../forms/validate';
import { t } from '../messages';
import { pathOf, safeNext, withNext } from '../routing/next';
import { useSession } from '../session/SessionContext';
import { MailboxLink } from '../ui/MailboxLink';
import { useNotices } from '../ui/Notices';
import { Notes, Page, Split } from '../ui/Page';

export function ConfirmPage() {
  const { session, refresh, setUnconfirmed } = useSession();
  const { say } = useNotices();
  const navigate = useNavigate();
  const location = useLocation();
  const next = safeNext(useSearchParams()[0].get('next'));
  const known = session.state === 'unconfirmed' ? session.email : null;
  const [askEmail, setAskEmail] = useState(known === null);

  async function toSignIn(email: string, text: string) {
    setUnconfirmed(null);
    say(text, '/signin');
    await navigate(withNext('/signin', next), { state: { email } });
  }

  const form = useForm<'email' | 'code'>({
    id: 'confirm',
    initial: { email: known ?? '', code: '' },
    validate: ({ email, code }) => errorsOf({ email: emailError(email), code: codeError(code) }),
    async submit({ email: typed, code }) {
      const email = typed.trim();
      const { nextStep } = await confirmSignUp({ username: email, confirmationCode: code });
      if (!(await finishSignIn(email, nextStep.signUpStep === 'COMPLETE_AUTO_SIGN_IN'))) {
        await toSignIn(email, t('confirm.doneSignIn'));
        return;
      }
      say(t('confirm.done'), pathOf(next));
      // The guard of this page sends the signed-in on to `next`.
      await refresh();
    },
    async explain(error) {
      // Confirmed elsewhere, perhaps in another tab: nothing is wrong, there is just nothing left to do here.
      if (/Current status is CONFIRMED|already confirmed/i.test(errorMessage(error))) {
        await toSignIn(form.values.email.trim(), t('confirm.already'));
        return null;
      }
      return explain(error, 'confirm');
    },
  });

  const email = form.values.email.trim();
  const fromSignIn = (location.state as { fromSignIn?: boolean } | null)?.fromSignIn === true;
  const lead = askEmail ? t('confirm.leadUnknown') : fromSignIn ? t('confirm.fromSignIn') : t('confirm.lead', { email });

  return (
    <Page title={t('confirm.title')} lead={lead}>
      <Split aside={<Notes title={t('confirm.asideTitle')} items={[t('confirm.aside1'), t('confirm.aside2'), t('confirm.aside3')]} />}>
        <FormShell form={form} submit={t('confirm.submit')} working={t('confirm.working')}>
          {askEmail ? (
            <TextField form={form} name="email" label={t('field.email')} type="email" inputMode="email" autoComplete="username" />
          ) : null}
          <CodeField form={form} name="code" label={t('field.code')} help={t('help.code')} />
        </FormShell>
        <div className="after-list">
          <ResendButton
            name="confirm"
            email={email}
            task="resend"
            send={async () => {
              await resendSignUpCode({ username: email });
              if (askEmail && session.state !== 'unconfirmed') setUnconfirmed(email);
            }}
            sent={t('confirm.resent', { email })}
          />
          <MailboxLink email={email} />
          {askEmail ? null : (
            <button type="button" className="link-button" onClick={() => setAskEmail(true)}>{t('confirm.other')}</button>
          )}
          <p>
            {t('confirm.wrong')} <Link to={withNext('/signup', next)}>{t('confirm.again')}</Link>
          </p>
        </div>
      </Split>
    </Page>
  );
}
