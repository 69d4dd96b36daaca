import { confirmSignIn } from 'aws-amplify/auth';
import { explain } from '../../auth/errors';
import { CodeField } from '../../forms/CodeField';
import { FormShell } from '../../forms/FormShell';
import { useForm } from '../../forms/useForm';
import { errorsOf } from '../../forms/validate';
import { t } from '../../messages';
import { Page } from '../../ui/Page';
import type { OnAnswer } from '../SignInPage';

interface CodeStepProps {
  readonly email: string;
  readonly lead: string;
  readonly onAnswer: OnAnswer;
  readonly onStartOver: (text?: string) => void;
}

/** A second factor: a code from an authenticator app, a message or an e-mail. */
export function CodeStep({ email, lead, onAnswer, onStartOver }: CodeStepProps) {
  const form = useForm<'code'>({
    id: 'mfa',
    initial: { code: '' },
    validate: ({ code }) => errorsOf({ code: code === '' ? t('invalid.codeMissing') : undefined }),
    async submit({ code }) {
      await onAnswer(await confirmSignIn({ challengeResponse: code }), email);
    },
    explain(error) {
      const explained = explain(error, 'mfa');
      if (explained.text !== t('error.stepExpired')) return explained;
      onStartOver(explained.text);
      return null;
    },
  });

  return (
    <Page title={t('signIn.codeTitle')} lead={lead}>
      <FormShell form={form} submit={t('signIn.codeSubmit')} working={t('signIn.working')}>
        {/* Cognito's codes by e-mail have eight digits. */}
        <CodeField form={form} name="code" label={t('field.code')} help={t('help.mfaCode')} length={8} />
      </FormShell>
      <p className="after">
        <button type="button" className="link-button" onClick={() => onStartOver()}>{t('signIn.startOver')}</button>
      </p>
    </Page>
  );
}
