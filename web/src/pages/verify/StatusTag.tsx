import type { KycStatus } from '../../api/kyc';
import { t } from '../../messages';

const shades: Readonly<Record<KycStatus, string>> = {
  none: 'tag',
  pending: 'tag tag-sun',
  approved: 'tag tag-good',
  rejected: 'tag tag-bad',
};

export function StatusTag({ status }: { readonly status: KycStatus }) {
  return <span className={shades[status]}>{t(`verify.status.${status}`)}</span>;
}
