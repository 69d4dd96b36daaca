import { confirmUserAttribute, sendUserAttributeVerificationCode, updateUserAttribute } from 'aws-amplify/auth';
import { useState } from 'react';
import { explain } from '../../auth/errors';
import { CodeField } from '../../forms/CodeField';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { ResendButton } from '../../forms/ResendButton';
import { codeError, emailError, errorsOf } from '../../forms/validate';
import { t } from '../../messages';
import { useSession } from '../../session/SessionContext';
import { useEnded } from '../../session/useEnded';
import { MailboxLink } from '../../ui/MailboxLink';
import { useNotices } from '../../ui/Notices';
import { Section } from './Section';
import { useAccountForm } from './useAccountForm';

interface EmailSectionProps {
  readonly email: string;
  readonly verified: boolean;
  readonly onSaved: () => Promise<void>;
}

export function EmailSection({ email, verified, onSaved }: EmailSectionProps) {
  const { say } = useNotices();
  const ended = useEnded();
  /** The address that a code was sent to. */
  const [pending, setPending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function sendCode() {
    setProblem(null);
    try {
      await sendUserAttributeVerificationCode({ userAttributeKey: 'email' });
      setPending(email);
    } catch (error) {
      if (!(await ended(error))) setProblem(explain(error, 'email').text);
    }
  }

  const form = useAccountForm<'email'>({
    id: 'email',
    task: 'email',
    initial: { email: '' },
    validate: ({ email: typed }) =>
      errorsOf({ email: typed.trim().toLowerCase() === email.toLowerCase() ? t('invalid.sameEmail') : emailError(typed) }),
    async submit({ email: typed }) {
      const value = typed.trim();
      const { nextStep } = await updateUserAttribute({ userAttribute: { attributeKey: 'email', value } });
      form.reset({ email: '' });
      if (nextStep.updateAttributeStep === 'CONFIRM_ATTRIBUTE_WITH_CODE') setPending(value);
      else say(t('account.emailChanged', { email: value }));
      await onSaved();
    },
  });

  return (
    <Section title={t('account.email')} help={<CurrentEmail email={email} verified={verified} />}>
      {pending !== null ? (
        <CodeForm email={pending} current={email} onDone={async () => { setPending(null); await onSaved(); }} onCancel={() => setPending(null)} />
      ) : (
        <>
          {verified ? null : (
            <div className="unverified">
              <p>{t('account.emailUnverifiedHelp')}</p>
              <button type="button" className="button" onClick={() => void sendCode()}>{t('account.emailSendCode')}</button>
              <p className="field-error" role="alert" data-testid={problem ? 'error' : undefined}>{problem}</p>
            </div>
          )}
          <FormShell form={form} label={t('account.email')} submit={t('account.emailChange')} working={t('account.saving')} secondary>
            <TextField form={form} name="email" label={t('field.newEmail')} help={t('help.newEmail')} type="email" inputMode="email" autoComplete="email" />
          </FormShell>
        </>
      )}
    </Section>
  );
}

function CurrentEmail({ email, verified }: { email: string; verified: boolean }) {
  return (
    <>
      {t('account.emailCurrent', { email })}{' '}
      <span className={verified ? 'tag tag-good' : 'tag tag-sun'} data-testid="email-state" data-verified={verified}>
        {verified ? t('account.emailVerified') : t('account.emailUnverified')}
      </span>
    </>
  );
}

interface CodeFormProps {
  readonly email: string;
  readonly current: string;
  readonly onDone: () => Promise<void>;
  readonly onCancel: () => void;
}

function CodeForm({ email, current, onDone, onCancel }: CodeFormProps) {
  const { refresh } = useSession();
  const { say } = useNotices();

  const form = useAccountForm<'code'>({
    id: 'email-code',
    task: 'emailCode',
    initial: { code: '' },
    validate: ({ code }) => errorsOf({ code: codeError(code) }),
    async submit({ code }) {
      await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: code });
      await refresh({ force: true });
      say(t('account.emailChanged', { email }));
      await onDone();
    },
  });

  // Where a pool keeps the old address until the code is entered, asking again means changing again.
  async function resend() {
    if (current === email) await sendUserAttributeVerificationCode({ userAttributeKey: 'email' });
    else await updateUserAttribute({ userAttribute: { attributeKey: 'email', value: email } });
  }

  return (
    <>
      <p className="section-lead" role="status">{t('account.emailCodeLead', { email })}</p>
      <FormShell
        form={form}
        label={t('account.email')}
        submit={t('account.emailConfirm')}
        working={t('confirm.working')}
        secondary
        actions={<button type="button" className="link-button" onClick={onCancel}>{t('account.emailCancel')}</button>}
      >
        <CodeField form={form} name="code" label={t('field.code')} help={t('help.code')} />
      </FormShell>
      <div className="after-list">
        <ResendButton name="email" email={email} task="emailCode" send={resend} sent={t('confirm.resent', { email })} />
        <MailboxLink email={email} />
      </div>
    </>
  );
}
