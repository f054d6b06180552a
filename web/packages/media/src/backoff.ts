const FIRST_MS = 500;
const MOST_MS = 8_000;

/** The pauses between attempts to connect: half a second, doubled with each, at most eight; success forgets them. */
export class Backoff {
  attempts = 0;
  #until = 0;

  /** Tell whether an attempt may be made now (ms of a clock that never jumps). */
  isOver(now: number): boolean {
    return now >= this.#until;
  }

  attempted(now: number): void {
    this.#until = now + Math.min(MOST_MS, FIRST_MS * 2 ** this.attempts);
    this.attempts += 1;
  }

  succeeded(): void {
    this.attempts = 0;
    this.#until = 0;
  }
}
