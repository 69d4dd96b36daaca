import { apiBase, call, callHeaders, readAnswer } from './client';

export type KycStatus = 'none' | 'pending' | 'approved' | 'rejected';

export interface Kyc {
  readonly status: KycStatus;
  readonly reason?: string | null;
}

export interface KycDocument {
  readonly id: string;
  readonly kind: string;
  readonly state: Exclude<KycStatus, 'none'>;
  readonly reason?: string | null;
  readonly bytes: number;
  readonly uploaded_at: string;
}

export const documentKinds = ['passport', 'identity_card', 'driving_licence', 'residence_permit', 'proof_of_address', 'selfie'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What the server takes, by type of content; it looks into the file itself. */
export const acceptedTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const;
export const maxFileBytes = 10 * 1024 * 1024;

export function getKyc(signal: AbortSignal): Promise<Kyc> {
  return call('GET', 'kyc', { signal });
}

export async function listDocuments(signal: AbortSignal): Promise<readonly KycDocument[]> {
  return (await call<{ documents: KycDocument[] }>('GET', 'kyc/documents', { signal })).documents;
}

export function removeDocument(id: string): Promise<void> {
  return call('DELETE', `kyc/documents/${encodeURIComponent(id)}`);
}

interface Upload {
  readonly kind: DocumentKind;
  readonly file: File;
  /** `0…1` of what has been sent. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Uploads a document. By XMLHttpRequest: fetch() says nothing of how far it has come. */
export async function uploadDocument({ kind, file, onProgress, signal }: Upload): Promise<void> {
  const headers = await callHeaders();
  signal.throwIfAborted();
  const body = new FormData();
  body.set('kind', kind);
  body.set('file', file);
  await new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${apiBase}kyc/documents`);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onload = () => {
      try {
        readAnswer(request.status, request.getResponseHeader('content-type'), request.responseText);
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    // What fetch() says when there is no answer.
    request.onerror = () => reject(new TypeError('The upload was not answered.'));
    request.onabort = () => reject(new DOMException('Stopped.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
