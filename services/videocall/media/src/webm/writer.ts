import type { Kind } from '../recording/timeline.ts';
import type { Size } from '../recording/vp8.ts';
import { element, float64, ID, idBytes, size, TRACK, UNKNOWN_SIZE, uint, uint64 } from './elements.ts';

/**
 * The file as it is recorded: append-only, sizes unknown, no index, so that every byte that reached the disk
 * stays valid and can be chained. `copy.ts` makes the file for players from it.
 */
const APP = 'chonso-media-node';
const EPOCH = Date.UTC(2001, 0, 1);

export const ebmlHeader = (): Buffer =>
  element(
    ID.EBML,
    element(0x4286, uint(1)), // version
    element(0x42f7, uint(1)), // version to read
    element(0x42f2, uint(4)), // longest id
    element(0x42f3, uint(8)), // longest size
    element(0x4282, Buffer.from('webm')),
    element(0x4287, uint(4)), // version of WebM
    element(0x4285, uint(2)), // version of WebM to read
  );

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.writeUInt8(1, 8); // version
  head.writeUInt8(2, 9); // channels
  head.writeUInt16LE(312, 10); // samples to skip
  head.writeUInt32LE(48_000, 12);
  return head;
}

function trackEntry(kind: Kind, video: Size): Buffer {
  const common = [
    element(0xd7, uint(TRACK[kind])), // number
    element(0x73c5, uint(TRACK[kind])), // unique id
    element(0x9c, uint(0)), // no lacing
    element(0x83, uint(kind === 'video' ? 1 : 2)), // type
  ];
  if (kind === 'video') {
    const picture = element(0xe0, element(0xb0, uint(video.width)), element(0xba, uint(video.height)));
    return element(ID.TrackEntry, ...common, element(0x86, Buffer.from('V_VP8')), picture);
  }
  return element(
    ID.TrackEntry,
    ...common,
    element(0x86, Buffer.from('A_OPUS')),
    element(0x63a2, opusHead()),
    element(0x56aa, uint(6_500_000)), // codec delay, ns
    element(0x56bb, uint(80_000_000)), // to decode before a seek, ns
    element(0xe1, element(0xb5, float64(48_000)), element(0x9f, uint(2))),
  );
}

function dateUtc(ms: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(ms - EPOCH) * 1_000_000n);
  return bytes;
}

export const info = (startedAt: number, duration?: number): Buffer =>
  element(
    ID.Info,
    element(ID.TimestampScale, uint(1_000_000)),
    element(ID.DateUTC, dateUtc(startedAt)),
    element(ID.MuxingApp, Buffer.from(APP)),
    element(ID.WritingApp, Buffer.from(APP)),
    ...(duration === undefined ? [] : [element(ID.Duration, float64(duration))]),
  );

/** The start of the append-only file. `startedAt` is in ms of the node's clock. */
export const fileHeader = (kinds: readonly Kind[], video: Size, startedAt: number): Buffer =>
  Buffer.concat([
    ebmlHeader(),
    idBytes(ID.Segment),
    UNKNOWN_SIZE,
    info(startedAt),
    element(ID.Tracks, ...kinds.map((kind) => trackEntry(kind, video))),
  ]);

export const clusterHeader = (ms: number): Buffer =>
  Buffer.concat([idBytes(ID.Cluster), UNKNOWN_SIZE, element(ID.Timestamp, uint64(ms))]);

export function simpleBlock(kind: Kind, relativeMs: number, keyframe: boolean, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x80 | TRACK[kind], 0);
  head.writeInt16BE(relativeMs, 1);
  head.writeUInt8(keyframe ? 0x80 : 0, 3);
  return Buffer.concat([idBytes(ID.SimpleBlock), size(4 + data.length), head, data]);
}
