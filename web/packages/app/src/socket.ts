import { api, send } from '@chonso/api';
import { nextStep, type Step } from './socket_end.ts';

/** A document that the service sends by itself when it changes, by its name in the protocol, and its call. */
export type Watch = {
  document: 'call' | 'media' | 'queue' | 'shift' | 'desk_call' | 'desk_media';
  call?: string;
};
type Take = (body: unknown) => void;
type Watched = { watch: Watch; seq: number | null; live: boolean; takers: Set<Take> };
type Message = { t: string; seq?: number | null; call?: string | null; body?: unknown };

const ADDRESS = '/api/videocall/ws';
const PING_EVERY_MS = 15_000;
/** Nothing for so long, not even a pong: the line is dead, though nobody has said so. */
const SILENT_AFTER_MS = 25_000;

const nameOf = ({ document, call }: { document: string; call?: string | null | undefined }): string =>
  `${document} ${call ?? ''}`;

/** The one socket of this page: it is open while something is watched, and opened anew when it is lost. */
class Socket {
  readonly #watched = new Map<string, Watched>();
  readonly #listeners = new Set<() => void>();
  #line: WebSocket | null = null;
  #isGreeted = false;
  #isOpening = false;
  #isAnnouncing = false;
  #resume: string | null = null;
  #failures = 0;
  #heardAt = 0;
  #pinging: ReturnType<typeof setInterval> | undefined;

  /** Take each new version of a document until the returned function is called. */
  watch(watch: Watch, take: Take): () => void {
    const name = nameOf(watch);
    const watched = this.#watched.get(name) ?? { watch, seq: null, live: false, takers: new Set() };
    // Whoever comes later has nothing yet, and asks for all of it again.
    watched.seq = null;
    watched.takers.add(take);
    this.#watched.set(name, watched);
    this.#announce();
    return () => {
      watched.takers.delete(take);
      if (watched.takers.size) return;
      this.#watched.delete(name);
      this.#announce();
    };
  }

  /** Tell whether changes of a document come by themselves now: else it has to be asked for. */
  isLive(watch: Watch): boolean {
    return !!this.#watched.get(nameOf(watch))?.live;
  }

  /** Call back when what is live may be another. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Say what is watched, once for all that is watched and left in one turn. */
  #announce(): void {
    if (this.#isAnnouncing) return;
    this.#isAnnouncing = true;
    queueMicrotask(() => {
      this.#isAnnouncing = false;
      if (this.#isGreeted) this.#say({ t: 'watch', body: { documents: this.#documents() } });
      else if (this.#watched.size) void this.#open();
    });
  }

  #documents() {
    return [...this.#watched.values()].map(({ watch: { document, call }, seq }) => ({
      document,
      call: call ?? null,
      seq,
    }));
  }

  async #open(): Promise<void> {
    if (this.#isOpening || this.#line) return;
    this.#isOpening = true;
    try {
      const ticket = this.#resume ?? (await ticketFor());
      const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${ADDRESS}`);
      this.#line = line;
      line.onopen = () => this.#say({ t: 'hello', body: { ticket, documents: this.#documents() } });
      line.onmessage = ({ data }) => this.#hear(JSON.parse(data as string) as Message);
      line.onclose = ({ code }) => this.#end(nextStep(code, this.#failures));
    } catch {
      this.#end(nextStep(0, this.#failures));
    } finally {
      this.#isOpening = false;
    }
  }

  #say(message: { t: string; body?: unknown }): void {
    if (this.#line?.readyState === WebSocket.OPEN) this.#line.send(JSON.stringify({ v: 1, ...message }));
  }

  #hear({ t, seq, call, body }: Message): void {
    this.#heardAt = performance.now();
    if (t === 'welcome') this.#greeted((body as { resume: string }).resume);
    const isRefused = t === 'refusal';
    const document = isRefused ? (body as { document: string }).document : t;
    const watched = this.#watched.get(nameOf({ document, call }));
    if (!watched) return;
    if (!isRefused) {
      watched.seq = seq ?? null;
      for (const take of watched.takers) take(body);
    }
    if (watched.live === isRefused) {
      watched.live = !isRefused;
      this.#tell();
    }
  }

  #greeted(resume: string): void {
    this.#isGreeted = true;
    this.#resume = resume;
    this.#failures = 0;
    // What the client had already is not sent again: it is as good as new.
    for (const watched of this.#watched.values()) watched.live = watched.seq !== null;
    this.#tell();
    this.#announce();
    this.#pinging = setInterval(() => {
      if (performance.now() - this.#heardAt > SILENT_AFTER_MS) this.#line?.close();
      else this.#say({ t: 'ping' });
    }, PING_EVERY_MS);
  }

  #end({ afterMs, keepsTicket, waitsForPerson }: Step): void {
    clearInterval(this.#pinging);
    this.#line = null;
    this.#isGreeted = false;
    this.#failures += 1;
    if (!keepsTicket) this.#resume = null;
    for (const watched of this.#watched.values()) watched.live = false;
    this.#tell();
    const again = () => this.#watched.size && void this.#open();
    if (waitsForPerson) addEventListener('focus', again, { once: true });
    else if (afterMs !== null) setTimeout(again, afterMs);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

async function ticketFor(): Promise<string> {
  return (await send(api.POST('/api/videocall/v1/socket-tickets', { baseUrl: location.origin }))).ticket;
}

export const socket = new Socket();
