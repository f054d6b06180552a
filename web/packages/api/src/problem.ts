import type { components } from './schema.ts';

/** RFC 9457: what went wrong, as every service of the suite says it; further members are the error's own facts. */
export type Problem = components['schemas']['Problem'] & { [fact: string]: unknown };

/** An answer that is not a success; status 0 means that no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | null;
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null = null) {
    super(problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The stable name of an error: `/problems/number-taken` -> `number-taken`; `offline` when no answer came. */
export function slugOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'unexpected';
  if (error.status === 0) return 'offline';
  return error.problem?.type?.split('/problems/')[1] ?? `http-${error.status}`;
}

/** Tell whether an error is the problem with one of these names. */
export const isProblem = (error: unknown, ...slugs: string[]): boolean => slugs.includes(slugOf(error));

/** Tell whether the thing does not exist for this person (404). */
export const isUnknown = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
