import { localeForFormats } from '.';

// Dates, numbers and sizes as the person writes them.

/** `21 Nov 2026`; with `time`, `21 Nov 2026, 16:47`. Empty for what is no time. */
export function formatDate(when: string | Date, { time = false } = {}): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(localeForFormats(), { dateStyle: 'medium', ...(time ? { timeStyle: 'short' } : {}) }).format(date);
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(localeForFormats()).format(value);
}

/** `0…1` as a percentage. */
export function formatShare(value: number): string {
  return new Intl.NumberFormat(localeForFormats(), { style: 'percent' }).format(value);
}

/** Bytes as kB or MB; at least 1 kB, so that nothing reads as nothing. */
export function formatSize(bytes: number): string {
  const large = bytes >= 1_000_000;
  const value = large ? bytes / 1_000_000 : Math.max(1, bytes / 1000);
  return new Intl.NumberFormat(localeForFormats(), {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(value);
}
