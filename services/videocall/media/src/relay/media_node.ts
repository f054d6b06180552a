import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Refusal } from '../errors.ts';
import { kindOf, log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { Call, type CallStatus } from './call.ts';

export interface NodeStatus {
  /** Names one life of the process: after a restart it is another, and no call is open. */
  readonly boot: string;
  /** The node's clock, in ms: only differences of its times mean something to others. */
  readonly at: number;
  readonly draining: boolean;
  readonly calls: number;
  /** The longest that the process did nothing within the last second. */
  readonly loop_lag_ms: number;
  readonly memory_bytes: number;
}

const TICK_MS = 1_000;
const ALARM_MS = 250;

/** The calls of this process. */
export class MediaNode {
  readonly boot = randomUUID();
  draining = false;
  private readonly settings: Settings;
  private readonly calls = new Map<string, Call>();
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });
  private readonly timer = setInterval(() => this.tick(), TICK_MS);
  private loopLagMs = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.delay.enable();
  }

  get size(): number {
    return this.calls.size;
  }

  /** Open a call with the key that its recordings are sealed with, on standby while it rings; said twice, done once. */
  open(id: string, key: Buffer, standby = false): void {
    if (key.length !== 32) throw new Refusal(422, 'bad-key');
    if (!this.calls.has(id)) this.calls.set(id, new Call(id, key, this.settings, standby));
  }

  call(id: string): Call {
    const call = this.calls.get(id);
    if (!call) throw new Refusal(404, 'no-such-call');
    return call;
  }

  /** Close a call and its parts; return how they ended. */
  async end(id: string): Promise<CallStatus> {
    const call = this.call(id);
    const status = await call.close();
    this.calls.delete(id);
    return status;
  }

  status(): NodeStatus {
    return {
      boot: this.boot,
      at: Date.now(),
      draining: this.draining,
      calls: this.calls.size,
      loop_lag_ms: this.loopLagMs,
      memory_bytes: process.memoryUsage.rss(),
    };
  }

  callStatuses(): CallStatus[] {
    return [...this.calls.values()].map((call) => call.status());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.delay.disable();
    await Promise.all(
      [...this.calls.keys()].map((id) => this.end(id).catch((error) => noteUnclosed(id, error))),
    );
  }

  private tick(): void {
    this.loopLagMs = Math.round(this.delay.max / 1e6);
    this.delay.reset();
    if (this.loopLagMs > ALARM_MS) log('warning', 'event_loop_behind', { ms: this.loopLagMs });
    const now = Date.now();
    for (const call of this.calls.values()) call.tick(now);
  }
}

function noteUnclosed(call: string, error: unknown): void {
  log('error', 'call_not_closed', { call, error: kindOf(error) });
}
