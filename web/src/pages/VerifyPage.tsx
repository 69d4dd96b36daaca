import { useCallback } from 'react';
import { getKyc, listDocuments, type Kyc } from '../api/kyc';
import { useResource } from '../api/useResource';
import { t } from '../messages';
import { AccountNav } from '../ui/AccountNav';
import { Loaded } from '../ui/Loaded';
import { Notes, Page, Split } from '../ui/Page';
import { DocumentList } from './verify/DocumentList';
import { StatusTag } from './verify/StatusTag';
import { UploadForm } from './verify/UploadForm';

/** Proving who one is: the documents, what became of them, and another one. */
export function VerifyPage() {
  const load = useCallback(async (signal: AbortSignal) => {
    const [kyc, documents] = await Promise.all([getKyc(signal), listDocuments(signal)]);
    return { kyc, documents };
  }, []);
  const loaded = useResource(load);

  return (
    <Page title={t('verify.title')} lead={t('verify.lead')}>
      <AccountNav />
      <Split aside={<Notes title={t('verify.asideTitle')} items={[t('verify.aside1'), t('verify.aside2'), t('verify.aside3')]} />}>
        <Loaded from={loaded} loading={t('verify.loading')} failed={t('verify.loadFailed')}>
          {({ kyc, documents }) => (
            <div className="stack stack-wide">
              <Status kyc={kyc} />
              <section aria-labelledby="documents-title" className="stack">
                <h2 id="documents-title">{t('verify.documents')}</h2>
                <DocumentList documents={documents} onChanged={loaded.reload} />
              </section>
              <section aria-labelledby="upload-title" className="stack">
                <h2 id="upload-title">{t('verify.upload')}</h2>
                <UploadForm onUploaded={loaded.reload} />
              </section>
            </div>
          )}
        </Loaded>
      </Split>
    </Page>
  );
}

function Status({ kyc: { status, reason } }: { kyc: Kyc }) {
  return (
    <div className="status-card" data-testid="kyc" data-status={status}>
      <p><StatusTag status={status} /></p>
      <p>{t(`verify.about.${status}`)}</p>
      {status === 'rejected' && reason ? <p className="reason"><bdi>{reason}</bdi></p> : null}
    </div>
  );
}
