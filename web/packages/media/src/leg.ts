import { Backoff } from './backoff.ts';
import type { Peer } from './peers.ts';

/** One direction of a line: its connection, and the attempts to make it anew. */
export class Leg {
  peer: Peer | null = null;
  readonly #backoff = new Backoff();
  #busy = false;
  #over = false;

  /** Attempts since it was last connected. */
  get attempts(): number {
    return this.#backoff.attempts;
  }

  /** Tell whether it is connected now; that ends the pauses between attempts. */
  get isConnected(): boolean {
    if (!this.peer?.isConnected) return false;
    this.#backoff.succeeded();
    return true;
  }

  /** Connect anew, unless an attempt is under way or the next one is due only later. */
  async mend(connect: () => Promise<Peer | null>): Promise<void> {
    if (this.#busy || !this.#backoff.isOver(performance.now())) return;
    this.#busy = true;
    this.drop();
    try {
      const peer = await connect();
      if (peer) this.#backoff.attempted(performance.now());
      if (this.#over) peer?.close();
      else this.peer = peer;
    } catch {
      this.#backoff.attempted(performance.now());
    } finally {
      this.#busy = false;
    }
  }

  drop(): void {
    this.peer?.close();
    this.peer = null;
  }

  /** Drop it for good. */
  end(): void {
    this.#over = true;
    this.drop();
  }
}
