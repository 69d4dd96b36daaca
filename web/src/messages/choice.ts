import { applyLanguage, chooseLanguage, type LanguageTag } from '.';

const key = 'poolhouse.language';

function readChoice(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The language of a visit: the one chosen here before, else the browser's first that there is, else English. */
export async function startLanguage(): Promise<void> {
  const choice = readChoice();
  const tag = chooseLanguage(choice === null ? navigator.languages : [choice, ...navigator.languages]);
  await applyLanguage(tag, document.documentElement, navigator.languages);
}

/** Speaks another language from now on, in this browser. False: it could not be fetched. */
export async function switchLanguage(tag: LanguageTag): Promise<boolean> {
  const done = await applyLanguage(tag, document.documentElement, navigator.languages);
  if (!done) return false;
  try {
    localStorage.setItem(key, tag);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  return true;
}
