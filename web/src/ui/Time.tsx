import { formatDate } from '../messages/format';

/** A moment, with its exact form for machines. Nothing for what is no time. */
export function Time({ iso, date = false }: { readonly iso: string; readonly date?: boolean }) {
  const text = formatDate(iso, { time: !date });
  return text === '' ? null : <time dateTime={iso}>{text}</time>;
}
