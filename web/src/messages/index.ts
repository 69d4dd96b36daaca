import { en } from './en';

/** Every text by its key. A language that misses one doesn't compile. */
export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

type Placeholders<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Placeholders<Rest> : never;
type Values<K extends MessageKey> = Record<Placeholders<(typeof en)[K]>, string | number>;
type Rest<K extends MessageKey> = [Placeholders<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

/** Keys whose text stands alone. */
export type PlainKey = { [K in MessageKey]: [Placeholders<(typeof en)[K]>] extends [never] ? K : never }[MessageKey];

interface Language {
  /** In its own words: whoever looks for it can read it. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** English is at hand, as what is left when another can't be had; the others are fetched when they are chosen. */
  readonly load: () => Promise<Messages>;
}

/** By primary language subtag (BCP 47), in the order they are offered. */
export const languages = {
  en: { name: 'English', dir: 'ltr', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', dir: 'ltr', load: async () => (await import('./de')).de },
  es: { name: 'Español', dir: 'ltr', load: async () => (await import('./es')).es },
  fr: { name: 'Français', dir: 'ltr', load: async () => (await import('./fr')).fr },
  pt: { name: 'Português', dir: 'ltr', load: async () => (await import('./pt')).pt },
  ar: { name: 'العربية', dir: 'rtl', load: async () => (await import('./ar')).ar },
  ja: { name: '日本語', dir: 'ltr', load: async () => (await import('./ja')).ja },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageTag = keyof typeof languages;

export const languageTags = Object.keys(languages) as readonly LanguageTag[];

const primary = (tag: string) => tag.split('-')[0]!.toLowerCase();

/** The first of the languages that there are texts for. */
export function chooseLanguage(preferred: readonly string[]): LanguageTag {
  const known = preferred.map(primary).find((tag) => Object.hasOwn(languages, tag));
  return (known as LanguageTag | undefined) ?? 'en';
}

let current: { readonly tag: LanguageTag; readonly messages: Messages; readonly locale: string } = { tag: 'en', messages: en, locale: 'en' };
const listeners = new Set<() => void>();
let turn = 0;

/** Fetches a language and puts all texts and the document into it. Where it can't be had, everything stays as it is. */
export async function applyLanguage(tag: LanguageTag, root: HTMLElement, preferred: readonly string[]): Promise<boolean> {
  const mine = ++turn;
  const messages = await languages[tag].load().catch(() => null);
  // Chosen again meanwhile: the last one counts.
  if (messages === null || mine !== turn) return false;
  // The person's own regional form of the language shown, where there is one: en-GB writes dates as en-US doesn't.
  current = { tag, messages, locale: preferred.find((wish) => primary(wish) === tag) ?? tag };
  root.lang = tag;
  root.dir = languages[tag].dir;
  for (const listener of listeners) listener();
  return true;
}

/** The language shown, as a BCP 47 tag; what servers are told. */
export function currentLanguage(): LanguageTag {
  return current.tag;
}

/** For dates and numbers. */
export function localeForFormats(): string {
  return current.locale;
}

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// What a person typed keeps its own direction inside a text that runs the other way (Unicode TR 9, isolates).
const isolate = (text: string) => (languages[current.tag].dir === 'rtl' ? `\u2068${text}\u2069` : text);

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(current.locale).format(value) : isolate(value);
  });
}

/** The text of a key. Values are demanded by the compiler where the English text has placeholders. */
export function t<K extends MessageKey>(key: K, ...rest: Rest<K>): string {
  const values = rest[0];
  return values ? fill(current.messages[key], values) : current.messages[key];
}
