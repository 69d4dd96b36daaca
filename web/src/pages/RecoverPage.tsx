import { confirmResetPassword, resetPassword, signIn } from 'aws-amplify/auth';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { explain } from '../auth/errors';
import { useConfig } from '../ConfigContext';
import { CodeField } from '../forms/CodeField';
import { TextField } from '../forms/Field';
import { FormShell } from '../forms/FormShell';
import { PasswordField } from '../forms/PasswordField';
import { ResendButton } from '../forms/ResendButton';
import { useForm } from '../forms/useForm';
import { codeError, emailError, errorsOf, newPasswordError } from '../forms/validate';
import { t } from '../messages';
import { pathOf, safeNext, withNext } from '../routing/next';
import { useSession } from '../session/SessionContext';
import { MailboxLink } from '../ui/MailboxLink';
import { useNotices } from '../ui/Notices';
import { Notes, Page, Split } from '../ui/Page';

type Stage = 'request' | 'code' | 'codeUnknown' | 'codeReset';

export function RecoverPage() {
  const state = useLocation().state as { email?: string; reset?: boolean } | null;
  const [stage, setStage] = useState<Stage>(state?.reset ? 'codeReset' : 'request');
  const [email, setEmail] = useState(state?.email ?? '');

  return (
    <Page
      title={t('recover.title')}
      headline={stage === 'request' ? t('recover.title') : t('recover.codeTitle')}
      lead={leadOf(stage, email)}
    >
      <Split aside={<Notes title={t('recover.asideTitle')} items={[t('recover.aside1'), t('recover.aside2'), t('recover.aside3')]} />}>
        {stage === 'request' ? (
          <RequestForm
            email={email}
            onSent={(address) => { setEmail(address); setStage('code'); }}
            onHaveCode={(address) => { setEmail(address); setStage('codeUnknown'); }}
          />
        ) : (
          <CodeForm email={email} askEmail={stage === 'codeUnknown'} />
        )}
      </Split>
    </Page>
  );
}

function leadOf(stage: Stage, email: string): string {
  switch (stage) {
    case 'request': return t('recover.lead');
    case 'code': return t('recover.codeLead', { email });
    case 'codeReset': return t('recover.codeLeadReset', { email });
    case 'codeUnknown': return t('recover.codeLeadUnknown');
  }
}

interface RequestFormProps {
  readonly email: string;
  readonly onSent: (email: string) => void;
  readonly onHaveCode: (email: string) => void;
}

function RequestForm({ email, onSent, onHaveCode }: RequestFormProps) {
  const next = safeNext(useSearchParams()[0].get('next'));
  const form = useForm<'email'>({
    id: 'recover',
    initial: { email },
    validate: (values) => errorsOf({ email: emailError(values.email) }),
    async submit(values) {
      const address = values.email.trim();
      await resetPassword({ username: address });
      onSent(address);
    },
    explain: (error) => explain(error, 'recover'),
  });

  return (
    <>
      <FormShell form={form} submit={t('recover.submit')} working={t('recover.working')}>
        <TextField form={form} name="email" label={t('field.email')} type="email" inputMode="email" autoComplete="username" />
      </FormShell>
      <div className="after-list">
        <button type="button" className="link-button" onClick={() => onHaveCode(form.values.email.trim())}>{t('recover.haveCode')}</button>
        <p><Link to={withNext('/signin', next)}>{t('recover.back')}</Link></p>
      </div>
    </>
  );
}

function CodeForm({ email: known, askEmail }: { email: string; askEmail: boolean }) {
  const { passwordPolicy } = useConfig();
  const { refresh } = useSession();
  const { say } = useNotices();
  const navigate = useNavigate();
  const next = safeNext(useSearchParams()[0].get('next'));

  const form = useForm<'email' | 'code' | 'newPassword'>({
    id: 'reset',
    initial: { email: known, code: '', newPassword: '' },
    validate: (values) =>
      errorsOf({
        email: emailError(values.email),
        code: codeError(values.code),
        newPassword: newPasswordError(values.newPassword, passwordPolicy),
      }),
    async submit({ email: typed, code, newPassword }) {
      const username = typed.trim();
      await confirmResetPassword({ username, confirmationCode: code, newPassword });
      const signedIn = await signIn({ username, password: newPassword }).then((output) => output.isSignedIn, () => false);
      if (signedIn) {
        say(t('recover.done'), pathOf(next));
        await refresh();
        return;
      }
      // A second factor, perhaps: the sign-in page asks for it.
      say(t('recover.doneSignIn'), '/signin');
      await navigate(withNext('/signin', next), { state: { email: username } });
    },
    explain: (error) => explain(error, 'recoverConfirm'),
  });
  const email = form.values.email.trim();

  return (
    <>
      <FormShell form={form} submit={t('recover.codeSubmit')} working={t('recover.codeWorking')}>
        {askEmail ? (
          <TextField form={form} name="email" label={t('field.email')} type="email" inputMode="email" autoComplete="username" />
        ) : (
          <input type="hidden" name="username" autoComplete="username" value={email} />
        )}
        <CodeField form={form} name="code" label={t('field.code')} help={t('help.code')} />
        <PasswordField form={form} name="newPassword" label={t('field.newPassword')} autoComplete="new-password" policy={passwordPolicy} email={email} />
      </FormShell>
      <div className="after-list">
        <ResendButton
          name="recover"
          email={email}
          task="recover"
          send={async () => { await resetPassword({ username: email }); }}
          sent={t('recover.resent', { email })}
        />
        <MailboxLink email={email} />
        <p><Link to={withNext('/signin', next)}>{t('recover.back')}</Link></p>
      </div>
    </>
  );
}
