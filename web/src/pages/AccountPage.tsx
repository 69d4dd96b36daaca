import { fetchUserAttributes, type FetchUserAttributesOutput } from 'aws-amplify/auth';
import { useCallback, useEffect, useState } from 'react';
import { explain } from '../auth/errors';
import { t } from '../messages';
import { useSession } from '../session/SessionContext';
import { useEnded } from '../session/useEnded';
import { AccountNav } from '../ui/AccountNav';
import { Loading } from '../ui/Loading';
import { Page } from '../ui/Page';
import { DataSection } from './account/DataSection';
import { DeleteSection } from './account/DeleteSection';
import { DetailsSection } from './account/DetailsSection';
import { DevicesSection } from './account/DevicesSection';
import { EmailSection } from './account/EmailSection';
import { HistorySection } from './account/HistorySection';
import { LinksSection } from './account/LinksSection';
import { PasskeySection } from './account/PasskeySection';
import { PasswordSection } from './account/PasswordSection';
import { SignOutSection } from './account/SignOutSection';

export function AccountPage() {
  const { session } = useSession();
  const ended = useEnded();
  const [attributes, setAttributes] = useState<FetchUserAttributesOutput | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(async () => {
    setProblem(null);
    try {
      setAttributes(await fetchUserAttributes());
    } catch (error) {
      if (!(await ended(error))) setProblem(explain(error, 'account').text);
    }
  }, [ended]);

  useEffect(() => void load(), [load]);

  const email = attributes?.email ?? (session.state === 'signedIn' ? session.email : '');
  return (
    <Page title={t('account.title')} lead={t('account.lead', { email })}>
      <AccountNav />
      {problem ? (
        <div className="summary" role="alert" data-testid="error">
          <p className="summary-title">{t('account.loadFailed')}</p>
          <p>{problem}</p>
          <button type="button" className="button" onClick={() => void load()}>{t('app.tryAgain')}</button>
        </div>
      ) : attributes === null ? (
        <Loading text={t('account.loading')} />
      ) : (
        <div className="sections">
          <DetailsSection attributes={attributes} onSaved={load} />
          <EmailSection email={email} verified={attributes.email_verified === 'true'} onSaved={load} />
          <PasswordSection email={email} />
          <PasskeySection />
          <DevicesSection />
          <SignOutSection />
          <HistorySection />
          <LinksSection />
          <DataSection />
          <DeleteSection email={email} />
        </div>
      )}
    </Page>
  );
}
