import {
  type RTCRtpSender,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  RtpHeader,
  RtpPacket,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';
import { ahead } from '../recording/reorder.ts';
import { CLOCK, type Kind } from '../recording/timeline.ts';
import type { IncomingTrack } from './incoming_track.ts';
import type { Peer } from './peer.ts';
import { silenceSenderReports } from './werift_internals.ts';

/** What is added to a source's numbers, so that a viewer's go on where the source before stopped. */
interface Offset {
  readonly sequence: number;
  readonly timestamp: number;
}

const CNAME = 1;

/** A party's picture or sound on its way to one viewer; survives that the party publishes anew. */
export class OutgoingTrack {
  readonly kind: Kind;
  private readonly peer: Peer;
  private readonly sender: RTCRtpSender;
  private source: IncomingTrack | undefined;
  private offset: Offset | undefined;
  private packets = 0;
  private octets = 0;
  private lastAt = 0;
  private lastSequence = 0;
  private lastTimestamp = 0;

  constructor(peer: Peer, sender: RTCRtpSender, kind: Kind) {
    this.peer = peer;
    this.sender = sender;
    this.kind = kind;
    silenceSenderReports(sender);
  }

  get ssrc(): number {
    return this.sender.ssrc;
  }

  follow(source: IncomingTrack | undefined): void {
    this.source?.viewers.delete(this);
    this.source = source;
    this.offset = undefined;
    source?.viewers.add(this);
    // Not before it can be passed on: the next one could be asked for only half a second later.
    if (this.peer.connected) source?.requestKeyframe();
  }

  requestKeyframe(): void {
    this.source?.requestKeyframe();
  }

  forward(rtp: RtpPacket, keyframe: boolean): void {
    if (!this.peer.connected) return;
    if (!this.offset && this.kind === 'video' && !keyframe) {
      this.source?.requestKeyframe();
      return;
    }
    const { header, payload } = rtp;
    this.offset ??= this.offsetAt(header);
    const sequenceNumber = (header.sequenceNumber + this.offset.sequence) & 0xffff;
    const timestamp = (header.timestamp + this.offset.timestamp) >>> 0;
    if (!this.lastAt || ahead(sequenceNumber, this.lastSequence) < 0x8000) {
      this.lastSequence = sequenceNumber;
      this.lastTimestamp = timestamp;
    }
    this.lastAt = Date.now();
    this.packets++;
    this.octets += payload.length;
    // A fresh header: the publisher's extensions, such as the name of its track, are not the viewer's.
    const { marker, payloadType } = header;
    const fresh = new RtpHeader({ sequenceNumber, timestamp, marker, payloadType });
    this.sender.sendRtp(new RtpPacket(fresh, payload)).catch(() => {});
  }

  forwardSenderReport(info: RtcpSenderInfo): void {
    if (!this.offset) return;
    const source = this.sender.ssrc;
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: info.ntpTimestamp,
      rtpTimestamp: (info.rtpTimestamp + this.offset.timestamp) >>> 0,
      packetCount: this.packets >>> 0,
      octetCount: this.octets >>> 0,
    });
    const items = [new SourceDescriptionItem({ type: CNAME, text: this.peer.pc.cname })];
    this.peer.sendRtcp([
      new RtcpSrPacket({ ssrc: source, senderInfo }),
      new RtcpSourceDescriptionPacket({ chunks: [new SourceDescriptionChunk({ source, items })] }),
    ]);
  }

  private offsetAt(header: RtpHeader): Offset {
    if (!this.lastAt) return { sequence: 0, timestamp: 0 };
    const passed = Math.round(((Date.now() - this.lastAt) / 1000) * CLOCK[this.kind]);
    return {
      sequence: (this.lastSequence + 1 - header.sequenceNumber) & 0xffff,
      timestamp: (this.lastTimestamp + Math.max(1, passed) - header.timestamp) >>> 0,
    };
  }
}
