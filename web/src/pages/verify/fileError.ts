import { maxFileBytes } from '../../api/kyc';
import { t } from '../../messages';
import { formatNumber } from '../../messages/format';

const accepted = /\.(jpe?g|png|webp|heic|heif|pdf)$/i;

/** What is wrong with a file before it is sent, or undefined. The server looks into it; this only saves the way there. */
export function fileError(file: Pick<File, 'name' | 'size' | 'type'> | null): string | undefined {
  if (file === null) return t('invalid.fileMissing');
  if (file.size === 0) return t('invalid.fileEmpty');
  if (file.size > maxFileBytes) return t('invalid.fileTooLarge', { size: formatNumber(10) });
  // A camera may name what it took without an ending.
  return accepted.test(file.name) || /^image\/(jpeg|png|webp|hei[cf])$|^application\/pdf$/.test(file.type) ? undefined : t('invalid.fileType');
}
