import { useLocale } from '@chonso/i18n';
import { useChooseLanguage } from '../account/languages.ts';
import { useShellWords } from './words.ts';

/** The switch to the other language, named in that language. */
export function LanguageButton() {
  const t = useShellWords();
  const choose = useChooseLanguage();
  const other = useLocale() === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" className="lang" lang={other} onClick={() => void choose(other)}>
      {t.language.code}
      <span className="sr"> {t.language.text}</span>
    </button>
  );
}
