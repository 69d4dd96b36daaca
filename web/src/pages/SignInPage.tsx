import type { SignInOutput } from 'aws-amplify/auth';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { keepPassword } from '../auth/pending';
import { t } from '../messages';
import { safeNext, withNext } from '../routing/next';
import { useSession } from '../session/SessionContext';
import { useNotices } from '../ui/Notices';
import { CodeStep } from './signin/CodeStep';
import { NewPasswordStep } from './signin/NewPasswordStep';
import { PasswordStep } from './signin/PasswordStep';

type Step = SignInOutput['nextStep'];

/** What every step of the sign-in hands back: the answer, and who is signing in. */
export type OnAnswer = (answer: SignInOutput, email: string, password?: string) => Promise<void>;

/** Sign-in, step by step as the server asks for them. */
export function SignInPage() {
  const { refresh, setUnconfirmed } = useSession();
  const { say } = useNotices();
  const navigate = useNavigate();
  const next = safeNext(useSearchParams()[0].get('next'));
  const [step, setStep] = useState<Step | null>(null);
  const [email, setEmail] = useState('');

  const onAnswer: OnAnswer = async ({ isSignedIn, nextStep }, address, password) => {
    if (isSignedIn) {
      // The guard of this page sends the signed-in on to `next`.
      await refresh();
      return;
    }
    switch (nextStep.signInStep) {
      case 'CONFIRM_SIGN_UP':
        if (password !== undefined) keepPassword(address, password);
        setUnconfirmed(address);
        await navigate(withNext('/confirm', next), { state: { fromSignIn: true } });
        return;
      case 'RESET_PASSWORD':
        await navigate(withNext('/recover', next), { state: { email: address, reset: true } });
        return;
      default:
        setEmail(address);
        setStep(nextStep);
    }
  };

  const startOver = (text?: string) => {
    setStep(null);
    if (text) say(text);
  };

  switch (step?.signInStep) {
    case undefined:
      return <PasswordStep next={next} onAnswer={onAnswer} />;
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return <NewPasswordStep email={email} missing={step.missingAttributes ?? []} onAnswer={onAnswer} onStartOver={startOver} />;
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return <CodeStep email={email} lead={t('signIn.codeTotp')} onAnswer={onAnswer} onStartOver={startOver} />;
    case 'CONFIRM_SIGN_IN_WITH_SMS_CODE':
    case 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE': {
      const destination = step.codeDeliveryDetails?.destination ?? email;
      return <CodeStep email={email} lead={t('signIn.codeSent', { destination })} onAnswer={onAnswer} onStartOver={startOver} />;
    }
    default:
      return <PasswordStep next={next} onAnswer={onAnswer} problem={t('signIn.unsupported')} />;
  }
}
