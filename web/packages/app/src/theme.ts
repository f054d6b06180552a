import { useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'theme';

const show = (theme: Theme) => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

const chosen = (): Theme => (localStorage.getItem(KEPT) as Theme | null) ?? 'system';

/** Begin in the colours that were chosen on this device; those of the system otherwise. */
export const startTheme = (): void => show(chosen());

/** The colours of this device, and a function that changes them. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosen);
  return [
    theme,
    (next) => {
      localStorage.setItem(KEPT, next);
      show(next);
      setTheme(next);
    },
  ];
}
