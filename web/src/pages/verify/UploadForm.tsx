import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { acceptedTypes, documentKinds, uploadDocument, type DocumentKind } from '../../api/kyc';
import { FieldFrame, inputProps } from '../../forms/Field';
import { FormShell } from '../../forms/FormShell';
import { errorsOf } from '../../forms/validate';
import { t } from '../../messages';
import { formatShare, formatSize } from '../../messages/format';
import { useNotices } from '../../ui/Notices';
import { useAccountForm } from '../account/useAccountForm';
import { fileError } from './fileError';
import { kindName } from './DocumentList';

/** Picks or photographs a document, and sends it. */
export function UploadForm({ onUploaded }: { readonly onUploaded: () => Promise<void> }) {
  const { say } = useNotices();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const form = useAccountForm<'kind' | 'file'>({
    id: 'document',
    task: 'upload',
    initial: { kind: documentKinds[0], file: '' },
    validate: () => errorsOf({ kind: undefined, file: fileError(file) }),
    async submit({ kind }) {
      abort.current = new AbortController();
      setShare(0);
      try {
        await uploadDocument({ kind: kind as DocumentKind, file: file!, onProgress: setShare, signal: abort.current.signal });
      } catch (error) {
        // Stopped on purpose: the person knows.
        if (abort.current.signal.aborted) return;
        throw error;
      } finally {
        setShare(null);
      }
      pick(null);
      say(t('verify.uploaded'));
      await onUploaded();
    },
  });

  function pick(picked: File | null) {
    setFile(picked);
    // Only its name: what a form holds is text.
    form.set('file', picked?.name ?? '');
  }

  const onPick = (event: ChangeEvent<HTMLInputElement>) => {
    pick(event.target.files?.[0] ?? null);
    // The same file, picked again after a change, is news too.
    event.target.value = '';
  };

  const kindProps = { form, name: 'kind', label: t('verify.kindLabel') } as const;
  const fileProps = { form, name: 'file', label: t('verify.file'), help: t('verify.fileHelp') } as const;
  const { value: _, required: __, ...fileInput } = inputProps(fileProps);

  return (
    <FormShell
      form={form}
      label={t('verify.upload')}
      submit={t('verify.submit')}
      working={t('verify.uploading')}
      actions={share === null ? null : <button type="button" className="link-button" onClick={() => abort.current?.abort()}>{t('verify.stop')}</button>}
    >
      <FieldFrame {...kindProps}>
        <select {...inputProps(kindProps)} className="input" onChange={(event) => form.set('kind', event.target.value)}>
          {documentKinds.map((kind) => <option key={kind} value={kind}>{kindName(kind)}</option>)}
        </select>
      </FieldFrame>
      <FieldFrame {...fileProps}>
        <div className="file-picks">
          <span className="file-pick">
            <input {...fileInput} type="file" accept={acceptedTypes.join(',')} onChange={onPick} />
            <span className="button" aria-hidden="true">{t('verify.choose')}</span>
          </span>
          {/* A camera needs a device that has one in its hand. */}
          <span className="file-pick camera-pick">
            <input type="file" accept="image/*" capture="environment" aria-label={t('verify.photograph')} onChange={onPick} />
            <span className="button" aria-hidden="true">{t('verify.photograph')}</span>
          </span>
        </div>
        {file ? (
          <p className="file-name" data-testid="file"><bdi>{file.name}</bdi> <span className="section-note">{formatSize(file.size)}</span></p>
        ) : null}
      </FieldFrame>
      {share === null ? null : (
        <div className="upload">
          <progress max={1} value={share} aria-label={t('verify.uploading')} />
          <span>{share < 1 ? formatShare(share) : t('verify.checking')}</span>
        </div>
      )}
    </FormShell>
  );
}

