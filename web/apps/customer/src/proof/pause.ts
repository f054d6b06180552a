import { ApiError, isProblem, serverNow } from '@chonso/api';

const SECOND_MS = 1000;

/** The moment after which another code may be asked for: some seconds from now, by the server's clock. */
export const pauseUntil = (seconds: number): string =>
  new Date(serverNow() + seconds * SECOND_MS).toISOString();

/** The pause that a refusal to send another code demands; null if the error is about something else. */
export function pauseOf(error: unknown): string | null {
  const waits = isProblem(error, 'resend-too-soon', 'too-many-codes', 'too-many-codes-from-here');
  return waits && error instanceof ApiError && error.retryAfter ? pauseUntil(error.retryAfter) : null;
}
