import {
  PictureLossIndication,
  type RTCRtpReceiver,
  type RTCRtpTransceiver,
  RtcpPayloadSpecificFeedback,
  type RtcpSenderInfo,
  type RtpPacket,
} from 'werift';
import type { Part } from '../recording/part.ts';
import { CLOCK, type Kind } from '../recording/timeline.ts';
import { beginsKeyframe } from '../recording/vp8.ts';
import { remb } from './bitrate.ts';
import type { OutgoingTrack } from './outgoing_track.ts';
import type { Peer } from './peer.ts';

const PLI_MIN_GAP_MS = 500;

/** The picture or the sound that one party sends: passed on to each viewer and to the recording. */
export class IncomingTrack {
  readonly kind: Kind;
  readonly ssrc: number;
  readonly viewers = new Set<OutgoingTrack>();
  lastAt = 0;
  lastKeyframeAt = 0;
  lagMs = 0;
  /** Nothing of a call that rings is passed on or recorded. */
  private standby = true;
  private readonly peer: Peer;
  private readonly part: Part;
  private readonly receiver: RTCRtpReceiver;
  private pliAt = 0;
  private lastTimestamp: number | undefined;
  private elapsed = 0;
  private earliest = Infinity;

  constructor(peer: Peer, part: Part, transceiver: RTCRtpTransceiver) {
    const { receiver } = transceiver;
    const track = receiver.tracks[0];
    if (!track?.ssrc) throw new TypeError('the offer names no source of this track');
    this.kind = transceiver.kind === 'video' ? 'video' : 'audio';
    this.ssrc = track.ssrc;
    this.peer = peer;
    this.part = part;
    this.receiver = receiver;
    track.onReceiveRtp.subscribe((rtp) => this.onRtp(rtp));
  }

  onSenderReport(info: RtcpSenderInfo): void {
    for (const viewer of this.viewers) viewer.forwardSenderReport(info);
    this.part.report(this.kind, info.ntpTimestamp, info.rtpTimestamp);
  }

  /** Pass on and record what comes from now on, with a whole picture first. */
  begin(): void {
    this.standby = false;
    this.pliAt = 0;
    if (this.lastAt) this.requestKeyframe();
  }

  /** Ask the sender for a whole picture, at most every 500 ms. */
  requestKeyframe(): void {
    const now = Date.now();
    if (this.standby || this.kind !== 'video' || now - this.pliAt < PLI_MIN_GAP_MS) return;
    this.pliAt = now;
    const feedback = new PictureLossIndication({ senderSsrc: this.receiver.rtcpSsrc, mediaSsrc: this.ssrc });
    this.peer.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback })]);
  }

  /** Tell the sender how much it may send. What viewers can take does not count: the recording is evidence. */
  limit(bitrate: number): void {
    this.peer.sendRtcp([remb(bitrate, this.receiver.rtcpSsrc, this.ssrc)]);
  }

  private onRtp(rtp: RtpPacket): void {
    const now = Date.now();
    this.measureLag(rtp.header.timestamp, now);
    const keyframe = this.kind === 'video' && beginsKeyframe(rtp.payload);
    if (!this.lastAt && !keyframe) this.requestKeyframe();
    this.lastAt = now;
    if (this.standby) return;
    if (keyframe) this.lastKeyframeAt = now;
    if (!rtp.payload.length) return; // a probe of the bandwidth
    for (const viewer of this.viewers) viewer.forward(rtp, keyframe);
    this.part.push(this.kind, rtp.header, rtp.payload, now);
  }

  /** How far we are behind the sender: grows while this process is starved and packets wait in the socket. */
  private measureLag(timestamp: number, now: number): void {
    const step = this.lastTimestamp === undefined ? 0 : (timestamp - this.lastTimestamp) | 0;
    if (step < 0) return;
    this.elapsed += (step / CLOCK[this.kind]) * 1000;
    this.lastTimestamp = timestamp;
    this.earliest = Math.min(this.earliest, now - this.elapsed);
    this.lagMs = Math.round(now - this.elapsed - this.earliest);
  }
}
