import { afterEach, describe, expect, it } from 'vitest';
import { applyLanguage, chooseLanguage, currentLanguage, fill, languages, languageTags, t, type MessageKey } from '../src/messages';
import { en } from '../src/messages/en';
import { formatDate, formatNumber, formatShare, formatSize } from '../src/messages/format';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const root = () => ({ lang: '', dir: '' }) as HTMLElement;

afterEach(async () => void (await applyLanguage('en', root(), ['en'])));

describe.each(languageTags)('the texts of %s', (tag) => {
  it('are all there, with the same placeholders, and no others', async () => {
    const messages = await languages[tag].load();

    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as MessageKey[]) {
      expect(messages[key].trim(), key).toBe(messages[key]);
      expect(messages[key], key).not.toBe('');
      expect(placeholders(messages[key]), key).toEqual(placeholders(en[key]));
    }
  });

  it('speak plainly', async () => {
    for (const [key, text] of Object.entries(await languages[tag].load())) {
      expect(text, key).not.toMatch(/\b(exception|oops|invalid parameter|null|undefined)\b/i);
      // Straight quotes are for machines.
      expect(text, key).not.toMatch(/['"`]/);
    }
  });

  it('are its own', async () => {
    const messages = await languages[tag].load();
    // Names, and what happens to be one word everywhere.
    const same = (Object.keys(en) as MessageKey[]).filter((key) => messages[key] === en[key]);

    expect(tag === 'en' || same.length < 20, same.join()).toBe(true);
  });

  it('give fields of one form different labels', async () => {
    const messages = await languages[tag].load();
    const labels = (['field.name', 'field.givenName', 'field.familyName', 'field.preferredUsername', 'field.locale'] as const).map((key) => messages[key]);

    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('a text', () => {
  it('is filled, and keeps placeholders that nobody fills', () => {
    expect(t('confirm.resendIn', { seconds: 5 })).toBe('Send a new code (5 s)');
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });

  it('keeps what a person typed apart from a language that runs the other way', async () => {
    await applyLanguage('ar', root(), ['ar']);

    expect(t('account.lead', { email: 'ann@example.com' })).toContain('\u2068ann@example.com\u2069');
  });
});

describe('the language', () => {
  it('is the first that there is, by its primary subtag, else English', () => {
    expect(chooseLanguage(['xx-YY', 'PT-br', 'de'])).toBe('pt');
    expect(chooseLanguage(['ar-EG'])).toBe('ar');
    expect(chooseLanguage(['constructor'])).toBe('en');
    expect(chooseLanguage([])).toBe('en');
  });

  it('and its direction are the document’s', async () => {
    const html = root();

    expect(await applyLanguage('ar', html, ['ar'])).toBe(true);
    expect([html.lang, html.dir, currentLanguage(), t('nav.signOut')]).toEqual(['ar', 'rtl', 'ar', (await languages.ar.load())['nav.signOut']]);

    expect(await applyLanguage('fr', html, ['fr'])).toBe(true);
    expect([html.lang, html.dir]).toEqual(['fr', 'ltr']);
  });

  it('is the last one chosen, whichever comes first', async () => {
    const html = root();
    const [older, newer] = await Promise.all([applyLanguage('ja', html, []), applyLanguage('es', html, [])]);

    expect([older, newer, html.lang, currentLanguage()]).toEqual([false, true, 'es', 'es']);
  });
});

describe('dates and numbers', () => {
  const noon = new Date(2026, 10, 21, 12, 30);

  it('are written as in the person’s own region', async () => {
    await applyLanguage('en', root(), ['en-GB', 'fr']);
    expect(formatDate(noon)).toBe('21 Nov 2026');
    await applyLanguage('de', root(), ['en-GB', 'de-AT']);
    expect([formatDate(noon), formatNumber(1234567.5)]).toEqual(['21.11.2026', '1\u00a0234\u00a0567,5']);
    await applyLanguage('ja', root(), ['ja-JP']);
    expect(formatDate(noon, { time: true })).toBe('2026/11/21 12:30');
  });

  it('are nothing where there is none', () => expect(formatDate('yesterday')).toBe(''));

  it('tell sizes and shares', () => {
    expect([formatSize(12), formatSize(340_000), formatSize(2_340_000), formatShare(0.5)]).toEqual(['1 kB', '340 kB', '2.3 MB', '50%']);
  });
});
