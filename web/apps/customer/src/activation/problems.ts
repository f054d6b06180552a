import { ApiError, slugOf } from '@chonso/api';
import { useLocale, words } from '@chonso/i18n';
import { useProblemText } from '../shell/problems.ts';
import type { Activation, Session } from './journey.ts';
import { vi } from './problems.vi.ts';

/** Reasons that kyc only passes on: of the call, and of the connection. */
const LATER_STEPS = ['PHOTO_UNCLEAR', 'DOC_DAMAGED', 'DATA_MISMATCH'];

const useWords = words(vi, async () => (await import('./problems.en.ts')).en);

/** Returns a function that says what went wrong on the way to the network, and what to do. */
export function useTroubleText(): (error: unknown) => string {
  const t = useWords();
  const other = useProblemText();
  return (error) => {
    const waiting = error instanceof ApiError ? error.problem?.waiting_for : undefined;
    const [first] = Array.isArray(waiting) ? (waiting as string[]) : [];
    return t.byWait[first ?? ''] ?? t.bySlug[slugOf(error)] ?? other(error);
  };
}

/** Returns a function that says a reason of kyc in the person's language; reasons of later steps are ours to say. */
export function useReasonText(): (reason: Session['reasons'][number]) => string {
  const t = useWords();
  const locale = useLocale();
  return ({ code, text_vi, text_en }) =>
    (LATER_STEPS.includes(code) && t.byReason[code]) || (locale === 'en' ? text_en : text_vi);
}

/** Returns a function that says the reason of a call or of a connection. */
export function useCodeText(): (code: string | null) => string | undefined {
  const t = useWords();
  return (code) => (code ? (t.byReason[code] ?? t.otherReason) : undefined);
}

/** Returns a function that says the mistakes of the declaration, by field. */
export function useDeclarationFaults(): (error: unknown) => Record<string, string> {
  const t = useWords();
  return (error) => {
    if (!(error instanceof ApiError)) return {};
    const faults = (error.problem?.errors ?? []) as { field: string; code?: string; reason_code?: string }[];
    return Object.fromEntries(
      faults.map(({ field, code, reason_code }) => {
        const name = field.split('.').at(-1) ?? field;
        return [name, t.byFault[reason_code || code || ''] ?? t.wrong];
      }),
    );
  };
}

/** Tell what a refused activation has to say: our words for its code, and the officer's own. */
export const remarkOf = (activation: Activation): string | null => activation.reason_text?.trim() || null;

/** Returns a function that says what is wrong with a serial: a misread digit, or not the card that was sent. */
export function useSerialFault(): (fault: string | undefined, error: unknown) => string | undefined {
  const t = useWords();
  return (fault, error) => {
    if (fault) return t.byFault[fault];
    return slugOf(error) === 'invalid-request' ? t.byFault.SIM_SERIAL_INVALID : t.bySlug[slugOf(error)];
  };
}
