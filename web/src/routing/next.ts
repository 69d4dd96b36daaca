/**
 * Where to go after signing in, from an address a stranger may have written. Only a path of this
 * origin passes; everything else is the start page (open redirect).
 */
export function safeNext(raw: string | null | undefined): string {
  if (!raw || !raw.startsWith('/') || raw.startsWith('//')) return '/';
  // Browsers read "\" as "/" and drop tabs and line breaks: "/\evil.example", "/\t/evil.example".
  if (/[\\\u0000-\u001f\u007f]/.test(raw)) return '/';

  // A made-up origin: what resolves away from it was not a path.
  const base = 'https://poolhouse.invalid';
  let url: URL;
  try {
    url = new URL(raw, base);
  } catch {
    return '/';
  }
  const path = url.pathname + url.search + url.hash;
  // "/.//evil.example" normalizes to "//evil.example", which is another host when used as an address.
  return url.origin === base && !path.startsWith('//') ? path : '/';
}

export function withNext(to: string, next: string): string {
  const safe = safeNext(next);
  return safe === '/' ? to : `${to}?next=${encodeURIComponent(safe)}`;
}

/** The path of a `next` without query and fragment. */
export function pathOf(next: string): string {
  return next.split(/[?#]/, 1)[0]!;
}
