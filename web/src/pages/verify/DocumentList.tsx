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

function Row({ document: { id, kind, status, reason, size, created_at }, onChanged }: { document: KycDocument; onChanged: () => Promise<void> }) {
  const { say } = useNotices();
  const { slow, problem, run } = useAction();
  const name = kindName(kind);

  const remove = () => run(async () => {
    await removeDocument(id);
    say(t('verify.removed', { name }));
    await onChanged();
  });

  return (
    <li data-testid="document" data-status={status}>
      <div className="row-text">
        <p className="row-title">{name} <StatusTag status={status} /></p>
        <p className="row-meta"><Time iso={created_at} />{size ? <span>{formatSize(size)}</span> : null}</p>
        {status === 'rejected' ? <p className="reason">{reason ? <bdi>{reason}</bdi> : t('verify.rejectedHelp')}</p> : null}
        <ActionProblem text={problem} />
      </div>
      {status === 'pending' ? (
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
