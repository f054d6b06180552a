import { type Theme, useTheme } from '@chonso/app';
import { type Locale, useLocale } from '@chonso/i18n';
import { Segmented } from '@chonso/ui';
import { useChooseLanguage } from '../account/languages.ts';
import { useSettingsWords } from './words.ts';

/** Language and colours of this device; messages follow the language of a person who is signed in. */
export function Preferences() {
  const t = useSettingsWords();
  const choose = useChooseLanguage();
  const locale = useLocale();
  const [theme, setTheme] = useTheme();
  return (
    <section className="group">
      <h2>{t.settings}</h2>
      <div className="list">
        <div className="row pref">
          <b>{t.language}</b>
          <Segmented<Locale>
            legend={t.language}
            value={locale}
            onChange={(next) => void choose(next)}
            options={[
              { value: 'vi', name: t.languages.vi },
              { value: 'en', name: t.languages.en },
            ]}
          />
        </div>
        <div className="row pref">
          <b>{t.theme}</b>
          <Segmented<Theme>
            legend={t.theme}
            value={theme}
            onChange={setTheme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              name: t.themes[value],
            }))}
          />
        </div>
      </div>
    </section>
  );
}
