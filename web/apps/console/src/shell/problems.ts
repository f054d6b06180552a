import { ApiError, slugOf } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { problems } from './problems.words.ts';

/** What an error says about itself: `claimed_by`, `since`, `tries_left` … */
export type Facts = { [fact: string]: unknown };
/** An error in words of staff; some depend on the error's own facts. */
export type Saying = string | ((facts: Facts) => string);

const sayings: Record<string, Saying> = {
  ...problems.bySlug,
  'decided-already': (facts) => `Hồ sơ đã được ${decidedBy(facts)}.`,
  'decided-otherwise': (facts) => `Việc này đã được ${decidedBy(facts)}.`,
};

/** Add the words of a workspace's own errors, by slug; called once, when its module is loaded. */
export function sayProblems(words: Record<string, Saying>): void {
  Object.assign(sayings, words);
}

/** Say an error: what is wrong, and what to do. */
export function problemText(error: unknown): string {
  const known = sayings[slugOf(error)];
  if (!(error instanceof ApiError)) return typeof known === 'string' ? known : problems.unexpected;
  if (known) return typeof known === 'string' ? known : known({ ...error.problem });
  if (error.status >= 500) return problems.ourSide;
  if (error.status === 404) return problems.unknown;
  if (error.status === 403) return problems.forbidden;
  if (error.status === 429) return problems.tooOften;
  return error.problem?.detail || error.problem?.title || problems.unexpected;
}

/** The mistakes of a form by field name, from the service's own answer (`errors` of RFC 9457). */
export function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const faults = error.problem?.errors ?? [];
  return Object.fromEntries(
    faults.map(({ field, code }) => {
      const name = field.split('.').at(-1) ?? field;
      return [name, problems.byField[name] ?? problems.byCode[code ?? ''] ?? problems.wrong];
    }),
  );
}

/** Say who has decided, what and when: `officer2 xác nhận lúc 10:42`. The verb is that of the decision, if none is given. */
export function decidedBy(facts: Facts, verb?: string): string {
  const name = String(facts.claimed_by_name ?? 'đồng nghiệp');
  const at = facts.decided_at ?? facts.audited_at;
  const what = verb ?? problems.decisions[String(facts.decision)] ?? 'quyết định';
  return `${name} ${what}${typeof at === 'string' ? ` lúc ${fmt.day(at)}` : ''}`;
}

/** Say who has taken something, and when: `officer2 nhận lúc 10:42`. */
export function takenBy(facts: Facts): string {
  const name = String(facts.claimed_by_name ?? facts.by ?? 'đồng nghiệp');
  const at = facts.claimed_at ?? facts.since ?? facts.at;
  return typeof at === 'string' ? `${name} nhận lúc ${fmt.day(at)}` : `${name} nhận`;
}
