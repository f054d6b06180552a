import type { Kind } from '../recording/timeline.ts';
import { ID, TRACK } from './elements.ts';

export interface SimpleBlock {
  readonly kind: Kind;
  readonly ms: number;
  readonly bytes: Buffer;
}

export interface Cluster {
  ms: number;
  /** Whether its first picture can be shown without those before. */
  keyframe: boolean;
  readonly blocks: SimpleBlock[];
}

export interface Scan {
  readonly clusters: Cluster[];
  readonly frames: Record<Kind, number>;
  tracks: Buffer | undefined;
  startedAt: number;
  lastMs: number;
  validBytes: number;
  truncated: boolean;
}

const EPOCH = Date.UTC(2001, 0, 1);

interface Header {
  readonly id: number;
  /** Undefined if the file does not say: a segment or cluster of ours. */
  readonly size: number | undefined;
  readonly body: number;
}

function width(first: number, longest: number): number | undefined {
  for (let n = 1; n <= longest; n++) if (first & (0x100 >> n)) return n;
  return undefined;
}

function headerAt(file: Buffer, at: number): Header | undefined {
  const idWidth = width(file[at] ?? 0, 4);
  if (!idWidth || at + idWidth >= file.length) return undefined;
  const start = at + idWidth;
  const sizeWidth = width(file[start] ?? 0, 8);
  if (!sizeWidth || start + sizeWidth > file.length) return undefined;
  const ones = (1n << BigInt(7 * sizeWidth)) - 1n;
  const size = BigInt(`0x${file.subarray(start, start + sizeWidth).toString('hex')}`) & ones;
  return {
    id: file.readUIntBE(at, idWidth),
    size: size === ones ? undefined : Number(size),
    body: start + sizeWidth,
  };
}

function readInfo(info: Buffer, scan: Scan): void {
  for (let at = 0, header = headerAt(info, 0); header; header = headerAt(info, at)) {
    if (header.id === ID.DateUTC) {
      scan.startedAt = EPOCH + Number(info.readBigInt64BE(header.body) / 1_000_000n);
    }
    at = header.body + (header.size ?? 0);
  }
}

function readBlock(file: Buffer, at: number, header: Header, end: number, scan: Scan): void {
  const cluster = scan.clusters.at(-1);
  if (!cluster) return;
  const kind = (file.readUInt8(header.body) & 0x7f) === TRACK.video ? 'video' : 'audio';
  const ms = cluster.ms + file.readInt16BE(header.body + 1);
  if (kind === 'video' && !cluster.blocks.some((block) => block.kind === 'video')) {
    cluster.keyframe = (file.readUInt8(header.body + 3) & 0x80) !== 0;
  }
  cluster.blocks.push({ kind, ms, bytes: file.subarray(at, end) });
  scan.frames[kind]++;
  scan.lastMs = Math.max(scan.lastMs, ms);
}

/** Return the clusters and blocks of a file of ours; stop at the first incomplete element. */
export function scanOf(file: Buffer): Scan {
  const scan: Scan = {
    clusters: [],
    frames: { audio: 0, video: 0 },
    tracks: undefined,
    startedAt: 0,
    lastMs: 0,
    validBytes: 0,
    truncated: false,
  };
  while (scan.validBytes < file.length) {
    const at = scan.validBytes;
    const header = headerAt(file, at);
    const opens = header?.id === ID.Segment || header?.id === ID.Cluster;
    const end = header && (opens ? header.body : header.body + (header.size ?? Infinity));
    if (!header || !end || end > file.length) return { ...scan, truncated: true };
    if (header.id === ID.Cluster) scan.clusters.push({ ms: 0, keyframe: false, blocks: [] });
    const cluster = scan.clusters.at(-1);
    if (header.id === ID.Timestamp && cluster) cluster.ms = Number(file.readBigUInt64BE(header.body));
    if (header.id === ID.Info) readInfo(file.subarray(header.body, end), scan);
    if (header.id === ID.Tracks) scan.tracks = file.subarray(at, end);
    if (header.id === ID.SimpleBlock) readBlock(file, at, header, end, scan);
    scan.validBytes = end;
  }
  return scan;
}
