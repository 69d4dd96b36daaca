import { useState } from 'react';
import { createLink, verifyLink } from '../../api/links';
import { CodeField } from '../../forms/CodeField';
import { TextField } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { PasswordField } from '../../forms/PasswordField';
import { codeError, emailError, errorsOf } from '../../forms/validate';
import { t } from '../../messages';
import { MailboxLink } from '../../ui/MailboxLink';
import { useAccountForm } from './useAccountForm';

interface LinkFormProps {
  readonly onLinked: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Proves that the other account is the person's own too: by its password, or by a code mailed to it. */
export function LinkForm({ onLinked, onCancel }: LinkFormProps) {
  const [proof, setProof] = useState<'password' | 'code'>('password');
  const [sent, setSent] = useState<{ readonly id: string; readonly lead: string } | null>(null);

  const form = useAccountForm<'application' | 'email' | 'password'>({
    id: 'link',
    task: 'link',
    initial: { application: '', email: '', password: '' },
    validate: ({ application, email, password }) =>
      errorsOf({
        application: application.trim() === '' ? t('invalid.required') : undefined,
        email: emailError(email),
        password: proof === 'password' && password === '' ? t('invalid.passwordMissing') : undefined,
      }),
    async submit({ application, email: typed, password }) {
      const email = typed.trim();
      const byCode = proof === 'code';
      const id = await createLink(application.trim(), email, byCode ? undefined : password);
      if (id === null) await onLinked();
      else setSent({ id, lead: byCode ? t('links.codeLead', { email }) : t('links.codeInstead', { email }) });
    },
  });

  const cancel = <button type="button" className="link-button" onClick={onCancel}>{t('account.emailCancel')}</button>;
  if (sent) return <LinkCodeForm {...sent} email={form.values.email.trim()} onLinked={onLinked} cancel={cancel} />;
  return (
    <FormShell
      form={form}
      label={t('links.add')}
      submit={proof === 'password' ? t('links.submit') : t('account.emailSendCode')}
      working={t('links.working')}
      secondary
      actions={cancel}
    >
      <TextField form={form} name="application" label={t('field.application')} help={t('help.application')} autoComplete="off" />
      <TextField form={form} name="email" label={t('links.email')} type="email" inputMode="email" autoComplete="email" />
      <fieldset className="choices">
        <legend>{t('links.proof')}</legend>
        {(['password', 'code'] as const).map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="link-proof" checked={proof === one} onChange={() => setProof(one)} />
            {t(`links.proof.${one}`)}
          </label>
        ))}
      </fieldset>
      {proof === 'password' ? (
        <PasswordField form={form} name="password" label={t('links.password')} autoComplete="current-password" />
      ) : null}
    </FormShell>
  );
}

interface LinkCodeFormProps {
  readonly id: string;
  readonly lead: string;
  readonly email: string;
  readonly onLinked: () => Promise<void>;
  readonly cancel: React.ReactNode;
}

function LinkCodeForm({ id, lead, email, onLinked, cancel }: LinkCodeFormProps) {
  const form = useAccountForm<'code'>({
    id: 'link-code',
    task: 'link',
    initial: { code: '' },
    validate: ({ code }) => errorsOf({ code: codeError(code) }),
    async submit({ code }) {
      await verifyLink(id, code);
      await onLinked();
    },
  });
  return (
    <>
      <p className="section-lead" role="status">{lead}</p>
      <FormShell form={form} label={t('links.add')} submit={t('links.submit')} working={t('links.working')} secondary actions={cancel}>
        <CodeField form={form} name="code" label={t('field.code')} help={t('help.code')} />
      </FormShell>
      <MailboxLink email={email} />
    </>
  );
}
