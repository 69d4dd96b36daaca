import type { ReactNode } from 'react';
import { ApiError } from '../api/client';
import type { LoadedResource } from '../api/useResource';
import { explain } from '../auth/errors';
import { t } from '../messages';
import { Loading } from './Loading';

interface LoadedProps<T> {
  readonly from: LoadedResource<T>;
  readonly loading: string;
  readonly failed: string;
  readonly children: (data: T) => ReactNode;
}

/** What is shown while something loads, when it doesn't, and when it has. */
export function Loaded<T>({ from: { resource, reload }, loading, failed, children }: LoadedProps<T>) {
  switch (resource.kind) {
    case 'loading': return <Loading text={loading} />;
    case 'ready': return children(resource.data);
    case 'failed': return isNotServed(resource.error) ? <p className="section-note">{t('error.notServed')}</p> : (
      <div className="empty" role="alert" data-testid="error">
        <p className="empty-title">{failed}</p>
        <p>{explain(resource.error, 'account').text}</p>
        <button type="button" className="button" onClick={() => void reload()}>{t('app.tryAgain')}</button>
      </div>
    );
  }
}

// Beside another pool there is no account API, and some servers leave parts of it out: nothing is wrong then.
function isNotServed(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'NOT_SERVED' || error.code === 'NOT_FOUND');
}
