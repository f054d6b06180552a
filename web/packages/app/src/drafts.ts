import { useCallback, useState } from 'react';

const PREFIX = 'draft:';

function kept<T extends object>(key: string, blank: T): T {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text ? { ...blank, ...(JSON.parse(text) as Partial<T>) } : blank;
  } catch {
    return blank;
  }
}

/**
 * What a person typed into a form, kept in this tab until it is sent: reload and the back button lose nothing.
 * Returns the draft, a function that changes some of its fields, and one that forgets it.
 */
export function useDraft<T extends object>(
  key: string,
  blank: T,
): [T, (change: Partial<T>) => void, () => void] {
  const [draft, setDraft] = useState(() => kept(key, blank));
  const change = useCallback(
    (changes: Partial<T>) =>
      setDraft((before) => {
        const after = { ...before, ...changes };
        try {
          sessionStorage.setItem(PREFIX + key, JSON.stringify(after));
        } catch {
          // A browser that keeps nothing still sends the form.
        }
        return after;
      }),
    [key],
  );
  const forget = useCallback(() => sessionStorage.removeItem(PREFIX + key), [key]);
  return [draft, change, forget];
}

/** Forget everything typed in this tab: after signing out the next person finds nothing. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
