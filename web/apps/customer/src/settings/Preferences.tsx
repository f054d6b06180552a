import { type Locale, setLocale, useLocale } from '@chonso/i18n';
import { Segmented } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { speak } from '../account/languages.ts';
import { ME, useMe } from '../shell/session.ts';
import { type Theme, useTheme } from '../shell/theme.ts';
import { CONTACT } from './profile.ts';
import { useSettingsWords } from './words.ts';

/** Language and colours of this device; messages follow the language of a person who is signed in. */
export function Preferences() {
  const t = useSettingsWords();
  const me = useMe();
  const client = useQueryClient();
  const locale = useLocale();
  const [theme, setTheme] = useTheme();
  const choose = async (next: Locale) => {
    await setLocale(next);
    if (!me) return;
    // The page speaks the language already; if the services do not hear of it now, they will next time.
    await speak(next).catch(() => undefined);
    void client.invalidateQueries({ queryKey: ME });
    void client.invalidateQueries({ queryKey: CONTACT });
  };
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
