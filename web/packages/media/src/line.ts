import { Leg } from './leg.ts';
import { publish, view } from './peers.ts';
import { type Bars, countsOf, Quality } from './quality.ts';
import type { MediaState, Recording, Signalling, Voice } from './signalling.ts';

/**
 * `connecting` until the other party is seen; `blocked` when that fails again and again; `live`; `reconnecting` when
 * either side has broken off; `elsewhere` once another device or tab of the same person has taken the call over.
 */
export type Phase = 'connecting' | 'blocked' | 'live' | 'reconnecting' | 'elsewhere';

export type LineState = {
  phase: Phase;
  /** The other party's picture and sound. */
  remote: MediaStream | null;
  /** The picture of a supervisor, which shows something while `supervisor` joins. */
  guest: MediaStream | null;
  supervisor: Voice | null;
  recording: Recording;
  bars: Bars | null;
};

export const NO_LINE: LineState = {
  phase: 'connecting',
  remote: null,
  guest: null,
  supervisor: null,
  recording: 'NONE',
  bars: null,
};

/** Of a call that nothing was heard of yet; the connection learns its session afterwards. */
const UNHEARD = { session: 0, ice: { servers: [] } };
const CALM_MS = 1_000;
const EAGER_MS = 120;
/** Whoever is not there by then comes later: nothing is won by asking so often. */
const EAGER_FOR_MS = 6_000;
const SETTLES_AFTER_MS = 3_000;
const STALLS_AFTER_LOOKS = 3;
const ATTEMPTS_OF_A_BLOCKED_LINE = 1;

/** The line of a call: publishes the own stream, shows the other party's, and mends both until it is closed. */
export class Line {
  state = NO_LINE;
  readonly #signalling: Signalling;
  readonly #listeners = new Set<() => void>();
  readonly #openedAt = performance.now();
  readonly #outgoing = new Leg();
  readonly #incoming = new Leg();
  #stream: MediaStream | undefined;
  #quality = new Quality();
  #lookedAt = 0;
  #stalled = 0;
  #seen = false;
  #closed = false;
  /** What the service says by itself, while it does. */
  #told: MediaState | null = null;
  #hasNews = false;
  #heard: MediaState | null = null;
  readonly #unwatch: () => void;
  #wake: () => void = () => undefined;

  constructor(signalling: Signalling) {
    this.#signalling = signalling;
    this.#unwatch = signalling.watch((said) => {
      this.#told = said;
      this.#hasNews = true;
      this.#wake();
    });
    void this.#run();
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Publish this stream from now on, as a new part, or nothing. */
  send(stream: MediaStream | undefined): void {
    if (stream === this.#stream) return;
    this.#stream = stream;
    this.#outgoing.drop();
    // What the service says of the call is not waited for.
    if (stream && this.state.phase !== 'elsewhere') this.#publish(stream, this.#heard ?? UNHEARD);
  }

  /** Take in that the other party's picture is on the screen. */
  seen = (): void => {
    this.#seen = true;
    if (this.state.phase === 'connecting' || this.state.phase === 'blocked') this.#become({ phase: 'live' });
  };

  /** Take the call back from another device or tab. */
  resume = (): void => {
    if (this.state.phase === 'elsewhere') this.#become({ phase: 'reconnecting' });
  };

  close(): void {
    this.#closed = true;
    this.#unwatch();
    this.#outgoing.end();
    this.#incoming.end();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      await this.#turn();
      const isEager = this.state.phase === 'connecting' && performance.now() - this.#openedAt < EAGER_FOR_MS;
      await this.#pause(isEager ? EAGER_MS : CALM_MS);
    }
  }

  /** Wait so long, or until the service says something. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#hasNews) return;
    await new Promise<void>((goOn) => {
      this.#wake = goOn;
      setTimeout(goOn, milliseconds);
    });
  }

  async #turn(): Promise<void> {
    this.#hasNews = false;
    const said = this.#told ?? (await this.#signalling.read().catch(() => null));
    if (this.#closed) return;
    if (said && this.state.phase !== 'elsewhere') this.#heed(said);
    if (performance.now() - this.#lookedAt >= CALM_MS) await this.#look();
  }

  /** Mend what the service says is missing or has moved. */
  #heed(said: MediaState): void {
    this.#heard = said;
    this.#become({ recording: said.recording, supervisor: said.supervisor ?? null });
    if (this.#isTakenOver(said)) {
      this.#outgoing.drop();
      this.#incoming.drop();
      this.#become({ phase: 'elsewhere', remote: null, bars: null });
      return;
    }
    const stream = this.#stream;
    if (stream && this.#needsPublishing(said)) this.#publish(stream, said);
    // Who is not there yet is seen on the same connection later.
    if (said.session > 0 && this.#hasLost(this.#incoming, said))
      void this.#incoming.mend(() =>
        view(this.#signalling, said, (remote, guest) => this.#show(remote, guest)),
      );
  }

  #publish(stream: MediaStream, said: Pick<MediaState, 'session' | 'ice'>): void {
    void this.#outgoing.mend(() => publish(this.#signalling, stream, said));
  }

  #isTakenOver({ own, session }: MediaState): boolean {
    const { peer } = this.#outgoing;
    return !!peer && own.publishes && peer.session === session && (own.part ?? 0) > peer.part;
  }

  #needsPublishing(said: MediaState): boolean {
    const { peer } = this.#outgoing;
    return this.#hasLost(this.#outgoing, said) || (!said.own.publishes && peer!.age > SETTLES_AFTER_MS);
  }

  /** Tell whether a direction has no connection, a broken one, or one with a media node that the call has left. */
  #hasLost({ peer }: Leg, { session }: MediaState): boolean {
    if (!peer) return true;
    peer.session ||= session;
    return peer.isBroken || peer.session !== session;
  }

  #show(remote: MediaStream, guest: MediaStream): void {
    this.#quality = new Quality();
    this.#become({ remote, guest });
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now();
    const { peer } = this.#incoming;
    const counts = peer && (await countsOf(peer.connection).catch(() => null));
    const bars = counts ? this.#quality.judge(counts) : null;
    this.#stalled = bars ? 0 : this.#stalled + 1;
    if (this.#closed || this.state.phase === 'elsewhere') return;
    this.#become({ bars, phase: this.#phase() });
  }

  #phase(): Phase {
    const isSent = !this.#stream || this.#outgoing.isConnected;
    const isReceived = this.#incoming.isConnected && this.#stalled < STALLS_AFTER_LOOKS;
    if (this.#seen) return isSent && isReceived ? 'live' : 'reconnecting';
    const attempts = Math.max(this.#outgoing.attempts, this.#incoming.attempts);
    return attempts > ATTEMPTS_OF_A_BLOCKED_LINE ? 'blocked' : 'connecting';
  }

  #become(change: Partial<LineState>): void {
    const next = { ...this.state, ...change };
    const keys = Object.keys(change) as (keyof LineState)[];
    if (this.#closed || keys.every((key) => next[key] === this.state[key])) return;
    this.state = next;
    for (const listener of this.#listeners) listener();
  }
}
