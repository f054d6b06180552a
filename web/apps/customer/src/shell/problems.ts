import { ApiError, slugOf } from '@chonso/api';
import { words } from '@chonso/i18n';
import { problems } from './problems.vi.ts';

const useProblems = words(problems, async () => (await import('./problems.en.ts')).problems);

/** Returns a function that says an error in the person's words: what is wrong, and what to do. */
export function useProblemText(): (error: unknown) => string {
  const t = useProblems();
  return (error) => {
    const slug = slugOf(error);
    const known = t.bySlug[slug];
    if (known) return known;
    if (error instanceof ApiError && error.status >= 500) return t.ourSide;
    if (error instanceof ApiError && error.status === 404) return t.unknown;
    if (error instanceof ApiError && error.status === 429) return t.tooOften;
    return t.unexpected;
  };
}

/** The mistakes of a form by field name, from the service's own answer (`errors` of RFC 9457). */
export function useFaults(): (error: unknown) => Record<string, string> {
  const t = useProblems();
  return (error) => {
    if (!(error instanceof ApiError)) return {};
    const faults = error.problem?.errors ?? [];
    return Object.fromEntries(
      faults.map(({ field, code }) => [field.split('.').at(-1) ?? field, t.byCode[code ?? ''] ?? t.wrong]),
    );
  };
}
