import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useConfig } from '../ConfigContext';
import { t } from '../messages';
import { safeNext, withNext } from '../routing/next';
import { MailboxLink } from '../ui/MailboxLink';
import { Notes, Page, Split, Steps } from '../ui/Page';
import { RegisterForm } from './signup/RegisterForm';
import { SignUpForm } from './signup/SignUpForm';

/** What a form begins with: from the page of an invitation, a sponsor's link, or the shorter form. */
export interface SignUpStart {
  readonly email?: string;
  readonly password?: string;
  readonly invite?: string;
  readonly sponsorCode?: string;
}

/**
 * Sign-up: straight to the pool, or through the account API with what a pool doesn't know of. The longer form is for
 * whom the application demands it of, who was invited, who comes by a sponsor's link (`?sponsor=`), and who wants it.
 */
export function SignUpPage() {
  const { application } = useConfig();
  const [query] = useSearchParams();
  const next = safeNext(query.get('next'));
  const sponsor = application.sponsorCode === 'none' ? null : query.get('sponsor');
  const invited = (useLocation().state ?? {}) as SignUpStart;
  /** What the shorter form had, once the longer one is asked for. */
  const [short, setShort] = useState<SignUpStart | null>(null);
  /** Where the link was mailed that is all that is left to follow. */
  const [linkSentTo, setLinkSentTo] = useState<string | null>(null);

  // The button that was pressed is gone; the focus goes on to what it opened.
  useEffect(() => {
    if (short) document.getElementById('register-firstName')?.focus();
  }, [short]);

  const closed = application.invitation === 'required' && invited.invite === undefined;
  const demanded = application.username === 'required' || application.sponsorCode === 'required' || invited.invite !== undefined;

  if (linkSentTo !== null) {
    return (
      <Page title={t('signUp.title')} headline={t('signUp.linkTitle')} lead={t('signUp.linkLead', { email: linkSentTo })}>
        <MailboxLink email={linkSentTo} />
      </Page>
    );
  }
  return (
    <Page title={t('signUp.title')} lead={closed ? t('signUp.invitedOnly') : invited.invite ? t('signUp.leadInvited') : t('signUp.lead')}>
      <Split
        aside={invited.invite
          ? <Notes title={t('signUp.asideTitle')} items={[t('signUp.asideInvited')]} />
          : <Steps title={t('signUp.asideTitle')} items={[t('signUp.aside1'), t('signUp.aside2'), t('signUp.aside3')]} />}
      >
        {closed ? null : demanded || sponsor || short ? (
          <RegisterForm
            next={next}
            start={{ ...invited, ...short, ...(sponsor ? { sponsorCode: sponsor } : {}) }}
            onLinkSent={setLinkSentTo}
          />
        ) : (
          <SignUpForm next={next} more={moreOf(application)} onMore={setShort} />
        )}
        <p className="after">{t('signUp.haveAccount')} <Link to={withNext('/signin', next)}>{t('signUp.toSignIn')}</Link></p>
      </Split>
    </Page>
  );
}

/** What the button to the longer form offers; null: nothing. */
function moreOf({ username, sponsorCode }: ReturnType<typeof useConfig>['application']): string | null {
  if (sponsorCode === 'optional') return username === 'optional' ? t('signUp.moreBoth') : t('signUp.moreSponsor');
  return username === 'optional' ? t('signUp.moreUsername') : null;
}
