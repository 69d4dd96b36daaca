import { useSyncExternalStore } from 'react';
import { currentLanguage, onLanguageChange, type LanguageTag } from '.';

/** The language shown. Whoever uses it is drawn again when another one is chosen, with all that is inside. */
export function useLanguage(): LanguageTag {
  return useSyncExternalStore(onLanguageChange, currentLanguage);
}
