import type { RtpHeader } from 'werift';

export interface Packet {
  readonly header: RtpHeader;
  readonly payload: Buffer;
  /** When the packet came, in ms of the node's clock. */
  readonly arrival: number;
}

/** Sequence numbers have 16 bits: how far `a` is ahead of `b`, 0x8000 and more if it is behind. */
export const ahead = (a: number, b: number): number => (a - b) & 0xffff;

const MOST_WAITING = 512;

/** Puts packets in order. Waits `waitMs` for those that are sent again, then gives up and reports the gap. */
export class Reorder {
  lost = 0;
  late = 0;
  private readonly waiting = new Map<number, Packet>();
  private readonly emit: (packet: Packet, gapBefore: boolean) => void;
  private readonly waitMs: number;
  private next: number | undefined;

  constructor(emit: (packet: Packet, gapBefore: boolean) => void, waitMs: number) {
    this.emit = emit;
    this.waitMs = waitMs;
  }

  push(packet: Packet): void {
    const sequence = packet.header.sequenceNumber;
    this.next ??= sequence;
    if (ahead(sequence, this.next) >= 0x8000) {
      this.late++;
      return;
    }
    this.waiting.set(sequence, packet);
    this.drain(packet.arrival);
  }

  /** Hand over what is in order, and what has waited too long; `Infinity` hands over everything. */
  drain(now: number): void {
    while (this.waiting.size && this.next !== undefined) {
      const inOrder = this.waiting.get(this.next);
      const packet = inOrder ?? this.oldest();
      if (!inOrder) {
        if (now - packet.arrival < this.waitMs && this.waiting.size < MOST_WAITING) return;
        this.lost += ahead(packet.header.sequenceNumber, this.next);
        this.next = packet.header.sequenceNumber;
      }
      this.waiting.delete(this.next);
      this.next = (this.next + 1) & 0xffff;
      this.emit(packet, !inOrder);
    }
  }

  private oldest(): Packet {
    return [...this.waiting.values()].reduce((best, packet) =>
      ahead(best.header.sequenceNumber, packet.header.sequenceNumber) < 0x8000 ? packet : best,
    );
  }
}
