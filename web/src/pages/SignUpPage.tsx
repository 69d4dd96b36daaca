import { Link, useLocation, useSearchParams } from 'react-router';
import { useConfig } from '../ConfigContext';
import { t } from '../messages';
import { safeNext, withNext } from '../routing/next';
import { Page, Split, Steps } from '../ui/Page';
import { RegisterForm } from './signup/RegisterForm';
import { SignUpForm } from './signup/SignUpForm';

/** What the page of an invitation hands over. */
export interface InvitedState {
  readonly email?: string;
  readonly invite?: string;
}

/** Sign-up: straight to the pool, or through the account API where the application asks for more than a pool knows of. */
export function SignUpPage() {
  const { application } = useConfig();
  const next = safeNext(useSearchParams()[0].get('next'));
  const invited = (useLocation().state ?? {}) as InvitedState;
  const asksMore = application.username !== 'none' || application.sponsorCode !== 'none' || invited.invite !== undefined;
  const closed = application.invitations === 'required' && invited.invite === undefined;

  return (
    <Page title={t('signUp.title')} lead={closed ? t('signUp.invitedOnly') : invited.invite ? t('signUp.leadInvited') : t('signUp.lead')}>
      <Split aside={<Steps title={t('signUp.asideTitle')} items={[t('signUp.aside1'), t('signUp.aside2'), t('signUp.aside3')]} />}>
        {closed ? null : asksMore ? <RegisterForm next={next} invited={invited} /> : <SignUpForm next={next} />}
        <p className="after">
          {t('signUp.haveAccount')} <Link to={withNext('/signin', next)}>{t('signUp.toSignIn')}</Link>
        </p>
      </Split>
    </Page>
  );
}
