/** What one look at a connection counts, all since its beginning but the round trip. */
export type Counts = { bytes: number; received: number; lost: number; roundTripMs: number };

/** Bars of the network: 0 nothing arrives, 1 bad, 2 weak, 3 good, 4 best. */
export type Bars = 0 | 1 | 2 | 3 | 4;

const NOTHING: Counts = { bytes: 0, received: 0, lost: 0, roundTripMs: 0 };
/** The most that is lost (a part) and waited (ms) with so many bars. */
const LIMITS: readonly (readonly [bars: Bars, lost: number, roundTripMs: number])[] = [
  [4, 0.01, 200],
  [3, 0.03, 400],
  [2, 0.08, 800],
];
const SMOOTHING = 0.3;

/** Judges a connection by successive looks at it; a single bad second moves the bars little. */
export class Quality {
  #before: Counts | null = null;
  #lost = 0;
  /** Whether bytes have arrived since the look before. */
  flows = false;

  /** Take in the next look, and return the bars. */
  judge(now: Counts): Bars {
    const before = this.#before ?? NOTHING;
    const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)];
    this.flows = now.bytes > before.bytes;
    this.#before = now;
    if (!this.flows) return 0;
    const part = lost / Math.max(1, received + lost);
    this.#lost += (part - this.#lost) * SMOOTHING;
    return LIMITS.find(([, most, wait]) => this.#lost <= most && now.roundTripMs <= wait)?.[0] ?? 1;
  }
}

type Stat = RTCStats & {
  kind?: string;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  nominated?: boolean;
  currentRoundTripTime?: number;
};

/** Count what a viewing connection has received. */
export async function countsOf(connection: RTCPeerConnection): Promise<Counts> {
  const counts = { ...NOTHING };
  const stats = (await connection.getStats()) as unknown as ReadonlyMap<string, Stat>;
  for (const stat of stats.values()) {
    if (stat.type === 'inbound-rtp') {
      counts.bytes += stat.kind === 'video' ? (stat.bytesReceived ?? 0) : 0;
      counts.received += stat.packetsReceived ?? 0;
      counts.lost += stat.packetsLost ?? 0;
    } else if (stat.type === 'candidate-pair' && stat.nominated) {
      counts.roundTripMs = (stat.currentRoundTripTime ?? 0) * 1000;
    }
  }
  return counts;
}
