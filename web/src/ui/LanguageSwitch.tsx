import { useId, type ChangeEvent } from 'react';
import { languages, languageTags, t, type LanguageTag } from '../messages';
import { switchLanguage } from '../messages/choice';
import { useLanguage } from '../messages/useLanguage';
import { useNotices } from './Notices';

/** Each language in its own words. */
export function LanguageSwitch() {
  const id = useId();
  const tag = useLanguage();
  const { say, clear } = useNotices();

  async function change(event: ChangeEvent<HTMLSelectElement>) {
    // What was said is in the language before.
    clear();
    if (!(await switchLanguage(event.target.value as LanguageTag))) say(t('app.languageFailed'));
  }

  return (
    <div className="language">
      <label htmlFor={id}>
        <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" />
          <path d="M1.5 8h13M8 1.5c2 2 2.75 4 2.75 6.5S10 12.5 8 14.5C6 12.5 5.25 10.5 5.25 8S6 3.5 8 1.5Z" />
        </svg>
        {t('app.language')}
      </label>
      <select id={id} className="select-small" value={tag} onChange={(event) => void change(event)}>
        {languageTags.map((one) => (
          <option key={one} value={one} lang={one} dir={languages[one].dir}>{languages[one].name}</option>
        ))}
      </select>
    </div>
  );
}
