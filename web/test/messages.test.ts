import { describe, expect, it } from 'vitest';
import { chooseLanguage, fill, languages, t, type MessageKey } from '../src/messages';
import { en } from '../src/messages/en';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('message files', () => {
  for (const [tag, { messages }] of Object.entries(languages)) {
    it(`${tag} has every text, with the same placeholders`, () => {
      expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort());
      for (const key of Object.keys(en) as MessageKey[]) {
        expect(messages[key].trim(), key).not.toBe('');
        expect(placeholders(messages[key]), key).toEqual(placeholders(en[key]));
      }
    });

    it(`${tag} speaks plainly`, () => {
      for (const [key, text] of Object.entries(messages)) {
        expect(text, key).not.toMatch(/exception|oops|invalid parameter|null|undefined/i);
      }
    });
  }

  it('fills placeholders and leaves unknown ones alone', () => {
    expect(t('confirm.resendIn', { seconds: 5 })).toBe('Send a new code (5 s)');
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });

  it('chooses a known language by its primary subtag', () => {
    expect(chooseLanguage(['xx-YY', 'EN-gb'])).toBe('en');
    expect(chooseLanguage(['constructor'])).toBe('en');
    expect(chooseLanguage([])).toBe('en');
  });
});
