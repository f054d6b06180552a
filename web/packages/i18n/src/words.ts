import { useSyncExternalStore } from 'react';

export type Locale = 'vi' | 'en';

const KEPT = 'locale';
const catalogues: { load: () => Promise<void> }[] = [];
const listeners = new Set<() => void>();
let locale: Locale = 'vi';

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/**
 * A catalogue of words beside the screens that use them: `vi` is the source of its type, English is loaded
 * when somebody asks for it. Returns the hook that gives the words of the present language.
 */
export function words<W extends object>(vi: W, loadEnglish: () => Promise<W>): () => W {
  let en: W | undefined;
  catalogues.push({
    load: async () => {
      en ??= await loadEnglish();
    },
  });
  return () => {
    const now = useLocale();
    return now === 'en' && en ? en : vi;
  };
}

/** The present language. */
export const useLocale = (): Locale => useSyncExternalStore(subscribe, () => locale);

/** Wait until every catalogue known so far can be shown in the present language. */
export async function wordsReady(): Promise<void> {
  if (locale === 'en') await Promise.all(catalogues.map((catalogue) => catalogue.load()));
}

/** Change the language, keep the choice in this browser, and tell the page. */
export async function setLocale(next: Locale): Promise<void> {
  locale = next;
  await wordsReady();
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  for (const listener of listeners) listener();
}

/** Whether somebody has chosen the language of this browser. */
export function isLocaleChosen(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}

/** Begin in the language that was chosen before; Vietnamese otherwise. */
export async function startLocale(): Promise<void> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // See above.
  }
  if (kept === 'en') await setLocale('en');
}
