import { t } from '../messages';
import { useSlow } from './useSlow';

export function Loading({ text = t('app.loading') }: { text?: string }) {
  const slow = useSlow(true);
  return (
    <p className="loading" role="status">
      {slow ? <><span className="spinner" aria-hidden="true" />{text}</> : null}
    </p>
  );
}
