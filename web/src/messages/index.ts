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
  readonly dir: 'ltr' | 'rtl';
  readonly messages: Messages;
}

/** By primary language subtag (BCP 47). The first one is the fallback. */
export const languages: Readonly<Record<string, Language>> = {
  en: { dir: 'ltr', messages: en },
};

/** The first language of the browser that there is a message file for. */
export function chooseLanguage(preferred: readonly string[]): string {
  const known = preferred.map((tag) => tag.split('-')[0]!.toLowerCase()).find((tag) => Object.hasOwn(languages, tag));
  return known ?? 'en';
}

let current: { tag: string; messages: Messages } = { tag: 'en', messages: en };

/** Sets the language of all texts and of the document. Call once, before anything is drawn. */
export function applyLanguage(preferred: readonly string[], root: HTMLElement): void {
  const tag = chooseLanguage(preferred);
  const language = languages[tag]!;
  current = { tag, messages: language.messages };
  root.lang = tag;
  root.dir = language.dir;
}

/** For dates and numbers: the person's own regional form of the language shown, where there is one. */
export function localeForFormats(): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(current.tag)) ?? current.tag;
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The text of a key. Values are demanded by the compiler where the English text has placeholders. */
export function t<K extends MessageKey>(key: K, ...rest: Rest<K>): string {
  const values = rest[0];
  return values ? fill(current.messages[key], values) : current.messages[key];
}
