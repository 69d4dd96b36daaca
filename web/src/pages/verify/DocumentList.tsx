import { documentKinds, removeDocument, type DocumentKind, type KycDocument } from '../../api/kyc';
import { t } from '../../messages';
import { formatSize } from '../../messages/format';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { useNotices } from '../../ui/Notices';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { StatusTag } from './StatusTag';

interface DocumentListProps {
  readonly documents: readonly KycDocument[];
  readonly onChanged: () => Promise<void>;
}

export function DocumentList({ documents, onChanged }: DocumentListProps) {
  if (documents.length === 0) {
    return (
      <div className="empty" data-testid="documents-empty">
        <p className="empty-title">{t('verify.none')}</p>
        <p>{t('verify.noneHelp')}</p>
      </div>
    );
  }
  return (
    <ul className="rows">
      {documents.map((document) => <Row key={document.id} document={document} onChanged={onChanged} />)}
    </ul>
  );
}

function Row({ document: { id, kind, state, reason, bytes, uploaded_at }, onChanged }: { document: KycDocument; onChanged: () => Promise<void> }) {
  const { say } = useNotices();
  const { slow, problem, run } = useAction();
  const name = kindName(kind);

  const remove = () => run(async () => {
    await removeDocument(id);
    say(t('verify.removed', { name }));
    await onChanged();
  });

  return (
    <li data-testid="document" data-status={state}>
      <div className="row-text">
        <p className="row-title">{name} <StatusTag status={state} /></p>
        <p className="row-meta"><Time iso={uploaded_at} /><span>{formatSize(bytes)}</span></p>
        {state === 'rejected' ? <p className="reason">{reason ? <bdi>{reason}</bdi> : t('verify.rejectedHelp')}</p> : null}
        <ActionProblem text={problem} />
      </div>
      {state === 'pending' ? (
        <ActionButton className="link-button" label={t('verify.removeNamed', { name })} slow={slow} working={t('verify.removing')} onPress={() => void remove()}>
          {t('verify.remove')}
        </ActionButton>
      ) : null}
    </li>
  );
}

export function kindName(kind: string): string {
  return documentKinds.includes(kind as DocumentKind) ? t(`verify.kind.${kind as DocumentKind}`) : kind.replaceAll('_', ' ');
}
