import type { RtpHeader } from 'werift';

/** Where the VP8 bytes begin in a packet (RFC 7741), and whether they begin a frame. */
interface Descriptor {
  readonly offset: number;
  readonly start: boolean;
}

export interface VideoFrame {
  readonly data: Buffer;
  readonly timestamp: number;
  readonly keyframe: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

function descriptorOf(payload: Buffer): Descriptor | undefined {
  if (payload.length < 1) return undefined;
  const first = payload.readUInt8(0);
  let n = 1;
  if (first & 0x80) {
    const extension = payload[n++] ?? 0;
    if (extension & 0x80) n += (payload[n] ?? 0) & 0x80 ? 2 : 1; // picture id
    if (extension & 0x40) n++; // index of temporal level zero
    if (extension & 0x30) n++; // temporal layer, key frame index
  }
  if (n >= payload.length) return undefined;
  return { offset: n, start: (first & 0x10) !== 0 && (first & 0x07) === 0 };
}

/** Whether a packet begins a key frame. */
export function beginsKeyframe(payload: Buffer): boolean {
  const descriptor = descriptorOf(payload);
  return !!descriptor?.start && (payload.readUInt8(descriptor.offset) & 0x01) === 0;
}

/** Width and height, from the first ten bytes of a key frame. */
export function sizeOf(frame: Buffer): Size | undefined {
  if (frame.length < 10 || frame.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}

/** Packets in order become frames. A frame with a hole in it is dropped and counted. */
export class FrameAssembler {
  broken = 0;
  private pieces: Buffer[] = [];
  private timestamp = 0;
  private counted: number | undefined;

  push(header: RtpHeader, payload: Buffer, gapBefore: boolean): VideoFrame | undefined {
    if (gapBefore) this.drop();
    const descriptor = descriptorOf(payload);
    if (!descriptor) return undefined;
    if (descriptor.start) {
      this.drop();
      this.timestamp = header.timestamp;
    } else if (!this.pieces.length || this.timestamp !== header.timestamp) {
      this.countBroken(header.timestamp);
      return undefined;
    }
    this.pieces.push(payload.subarray(descriptor.offset));
    if (!header.marker) return undefined;
    const data = Buffer.concat(this.pieces);
    this.pieces = [];
    return { data, timestamp: header.timestamp, keyframe: (data.readUInt8(0) & 0x01) === 0 };
  }

  private drop(): void {
    if (this.pieces.length) this.countBroken(this.timestamp);
    this.pieces = [];
  }

  private countBroken(timestamp: number): void {
    if (timestamp === this.counted) return;
    this.counted = timestamp;
    this.broken++;
  }
}
