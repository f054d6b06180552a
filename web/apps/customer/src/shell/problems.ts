import { ApiError, slugOf } from '@chonso/api';
import { words } from '@chonso/i18n';
import { problems } from './problems.vi.ts';

/** What an error says about itself: `tries_left`, `retry_after_seconds` … */
export type Facts = { [fact: string]: unknown };
/** An error in the customer's words; some depend on the error's own facts. */
export type Saying = string | ((facts: Facts) => string);

const useProblems = words(problems, async () => (await import('./problems.en.ts')).problems);

/** Returns a function that says an error in the person's words: what is wrong, and what to do. */
export function useProblemText(): (error: unknown) => string {
  const t = useProblems();
  return (error) => {
    const known: Saying | undefined = t.bySlug[slugOf(error)];
    if (!(error instanceof ApiError)) return typeof known === 'string' ? known : t.unexpected;
    const facts = { retry_after_seconds: error.retryAfter, ...error.problem };
    if (known) return typeof known === 'string' ? known : known(facts);
    if (error.status >= 500) return t.ourSide;
    if (error.status === 404) return t.unknown;
    if (error.status === 429) return t.tooOften(facts);
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
      faults.map(({ field, ...fault }) => {
        const name = field.split('.').at(-1) ?? field;
        const rule = fault.code || (fault as { reason_code?: string }).reason_code;
        return [name, t.byCode[rule ?? ''] ?? t.byField[name] ?? t.wrong];
      }),
    );
  };
}
