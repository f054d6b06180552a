import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RtpHeader } from 'werift';
import { clusterHeader, fileHeader, simpleBlock } from '../webm/writer.ts';
import { type Packet, Reorder } from './reorder.ts';
import { SealedFile } from './sealed_file.ts';
import { type Kind, Timeline } from './timeline.ts';
import { FrameAssembler, type Size, sizeOf } from './vp8.ts';

/** STARTING, until there is a first key frame; FAILED: the disk did not take it, and the call goes on unrecorded. */
export type PartState = 'STARTING' | 'RECORDING' | 'CLOSED' | 'FAILED';

export interface PartStatus {
  role: string;
  part: number;
  path: string;
  state: PartState;
  bytes: number;
  blocks: number;
  head: string;
  video_frames: number;
  audio_frames: number;
  duration_ms: number;
  lag_ms: number;
  /** When its time line is 0. */
  started_at: number | null;
  last_write_at: number | null;
  lost_packets: number;
  broken_frames: number;
}

export interface PartOptions {
  /** The folder of all recordings, and the name of this one: `<call>/<role>/<number>`. */
  readonly directory: string;
  readonly name: string;
  readonly key: Buffer;
  readonly kinds: readonly Kind[];
  readonly needKeyframe: () => void;
  readonly onFailure: (error: unknown) => void;
}

interface Frame {
  readonly kind: Kind;
  readonly ms: number;
  readonly keyframe: boolean;
  readonly data: Buffer;
}

const MAX_CLUSTER_MS = 5_000;
/** A block's time is a signed 16-bit number of ms, from its cluster's. */
const MOST_BACKWARDS_MS = -30_000;
const WAIT_FOR_KEYFRAME_MS = 3_000;
const WAIT_FOR_PACKET_MS: Record<Kind, number> = { audio: 200, video: 400 };
const USUAL_SIZE: Size = { width: 640, height: 480 };

/** Where a part lies below the folder of recordings. */
export const partPath = (name: string): string => `${name}.webm.sealed`;

/** Records one party's picture and sound of one connection into one file; nothing is decoded. */
export class Part {
  readonly frames: Record<Kind, number> = { audio: 0, video: 0 };
  state: PartState = 'STARTING';
  lastMs = 0;
  private readonly options: PartOptions;
  private readonly timeline = new Timeline();
  private readonly assembler = new FrameAssembler();
  private readonly reorders: Record<Kind, Reorder>;
  private held: Frame[] = [];
  private file: SealedFile | undefined;
  private startedAt: number | undefined;
  private size = USUAL_SIZE;
  private sawKeyframe = false;
  private clusterMs: number | undefined;

  constructor(options: PartOptions) {
    this.options = options;
    const reorder = (kind: Kind): Reorder =>
      new Reorder((packet, gap) => this.take(kind, packet, gap), WAIT_FOR_PACKET_MS[kind]);
    this.reorders = { audio: reorder('audio'), video: reorder('video') };
  }

  push(kind: Kind, header: RtpHeader, payload: Buffer, arrival: number): void {
    if (this.state === 'CLOSED' || this.state === 'FAILED') return;
    this.startedAt ??= arrival;
    this.reorders[kind].push({ header, payload, arrival });
  }

  report(kind: Kind, ntp: bigint, timestamp: number): void {
    this.timeline.report(kind, ntp, timestamp);
  }

  async close(): Promise<void> {
    if (this.state === 'CLOSED') return;
    for (const reorder of Object.values(this.reorders)) reorder.drain(Infinity);
    if (this.state === 'STARTING' && this.held.length) this.begin();
    await this.file?.close().catch((error) => this.fail(error));
    if (this.state !== 'FAILED') this.state = 'CLOSED';
  }

  status(role: string, part: number, lagMs: number): PartStatus {
    return {
      role,
      part,
      path: partPath(this.options.name),
      state: this.state,
      bytes: this.file?.bytes ?? 0,
      blocks: this.file?.blocks ?? 0,
      head: this.file?.head.toString('hex') ?? '',
      video_frames: this.frames.video,
      audio_frames: this.frames.audio,
      duration_ms: this.lastMs,
      lag_ms: lagMs,
      started_at: this.startedAt ?? null,
      last_write_at: this.file?.lastWriteAt ?? null,
      lost_packets: this.reorders.audio.lost + this.reorders.video.lost,
      broken_frames: this.assembler.broken,
    };
  }

  private take(kind: Kind, { header, payload, arrival }: Packet, gapBefore: boolean): void {
    const msAt = (timestamp: number) =>
      this.timeline.ms(kind, timestamp, arrival - (this.startedAt ?? arrival));
    if (kind === 'audio') {
      this.keep({ kind, ms: msAt(header.timestamp), keyframe: true, data: payload });
      return;
    }
    if (gapBefore) this.options.needKeyframe();
    const frame = this.assembler.push(header, payload, gapBefore);
    if (!frame) return;
    const ms = msAt(frame.timestamp);
    if (!frame.keyframe && !this.sawKeyframe) {
      this.options.needKeyframe();
      return;
    }
    if (frame.keyframe) {
      this.sawKeyframe = true;
      this.size = sizeOf(frame.data) ?? this.size;
    }
    this.keep({ kind, ms, keyframe: frame.keyframe, data: frame.data });
  }

  /** The header needs the picture's size: until a key frame says it, frames are held. */
  private keep(frame: Frame): void {
    if (this.state !== 'STARTING') {
      this.write(frame);
      return;
    }
    this.held.push(frame);
    if (this.sawKeyframe || !this.options.kinds.includes('video') || frame.ms > WAIT_FOR_KEYFRAME_MS)
      this.begin();
  }

  private begin(): void {
    const { directory, name, key, kinds } = this.options;
    const path = `${directory}/${partPath(name)}`;
    this.state = 'RECORDING';
    try {
      mkdirSync(dirname(path), { recursive: true });
    } catch (error) {
      this.fail(error);
      return;
    }
    this.file = new SealedFile(path, key, name, (error) => this.fail(error));
    this.file.write(fileHeader(kinds, this.size, this.startedAt ?? Date.now()));
    for (const frame of this.held.sort((one, other) => one.ms - other.ms)) this.write(frame);
    this.held = [];
  }

  private write({ kind, ms, keyframe, data }: Frame): void {
    if (!this.file || this.state !== 'RECORDING') return;
    this.file.write(this.inCluster(kind, ms, keyframe));
    this.file.write(simpleBlock(kind, ms - (this.clusterMs ?? ms), keyframe, data));
    this.frames[kind]++;
    this.lastMs = Math.max(this.lastMs, ms);
  }

  /** Begin a cluster at each key frame and where a block's time would not fit; return its header or nothing. */
  private inCluster(kind: Kind, ms: number, keyframe: boolean): Buffer {
    const relative = this.clusterMs === undefined ? Infinity : ms - this.clusterMs;
    const tooFar = relative > MAX_CLUSTER_MS || relative < MOST_BACKWARDS_MS;
    if (!tooFar && !(kind === 'video' && keyframe && relative > 0)) return Buffer.alloc(0);
    this.clusterMs = ms;
    return clusterHeader(ms);
  }

  private fail(error: unknown): void {
    if (this.state === 'FAILED') return;
    this.state = 'FAILED';
    this.options.onFailure(error);
  }
}
