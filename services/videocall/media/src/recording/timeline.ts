export type Kind = 'audio' | 'video';

/** Ticks of RTP timestamps in a second. */
export const CLOCK: Record<Kind, number> = { audio: 48_000, video: 90_000 };

const SLEW_MS = 1;

interface TrackTime {
  readonly rate: number;
  /** The newest timestamp, and the ms from the first one to it. */
  last: number;
  elapsed: number;
  /** Ms of the part at `elapsed` 0, and where the sender reports say it should be. */
  offset: number;
  target: number | undefined;
  /** The sender's clock at `elapsed` 0, once a report came. */
  senderMs: number | undefined;
}

/**
 * RTP timestamps become ms of the part. They start from the times of arrival; once both tracks have a sender
 * report, sound is moved onto the picture's clock by at most 1 ms a frame, so that lips and words agree.
 */
export class Timeline {
  skewMs: number | undefined;
  private readonly tracks = new Map<Kind, TrackTime>();

  ms(kind: Kind, timestamp: number, sinceStart: number): number {
    const track = this.tracks.get(kind) ?? this.begin(kind, timestamp, sinceStart);
    track.elapsed += (((timestamp - track.last) | 0) / track.rate) * 1000;
    track.last = timestamp;
    if (track.target !== undefined) {
      track.offset += Math.max(-SLEW_MS, Math.min(SLEW_MS, track.target - track.offset));
    }
    return Math.max(0, Math.round(track.elapsed + track.offset));
  }

  /** Take the sender's clock (64-bit NTP) at one RTP timestamp. */
  report(kind: Kind, ntp: bigint, timestamp: number): void {
    const track = this.tracks.get(kind);
    if (!track) return;
    const seconds = Number(ntp >> 32n) + Number(ntp & 0xffffffffn) / 2 ** 32;
    track.senderMs = seconds * 1000 - (((timestamp - track.last) | 0) / track.rate) * 1000 - track.elapsed;
    const audio = this.tracks.get('audio');
    const video = this.tracks.get('video');
    if (audio?.senderMs === undefined || video?.senderMs === undefined) return;
    audio.target = video.offset + (audio.senderMs - video.senderMs);
    this.skewMs ??= Math.round(audio.target - audio.offset);
  }

  private begin(kind: Kind, timestamp: number, sinceStart: number): TrackTime {
    const track = {
      rate: CLOCK[kind],
      last: timestamp,
      elapsed: 0,
      offset: sinceStart,
      target: undefined,
      senderMs: undefined,
    };
    this.tracks.set(kind, track);
    return track;
  }
}
