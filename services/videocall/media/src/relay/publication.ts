import { setTimeout as sleep } from 'node:timers/promises';
import { type RtcpPacket, RtcpSrPacket } from 'werift';
import { Refusal } from '../errors.ts';
import { Part, type PartStatus } from '../recording/part.ts';
import type { Kind } from '../recording/timeline.ts';
import type { Settings } from '../settings.ts';
import { withBitrateCap } from './bitrate.ts';
import { IncomingTrack } from './incoming_track.ts';
import { Peer } from './peer.ts';

const DRAIN_MS = 3_000;
const KEYFRAME_EVERY_MS = 10_000;

export interface Recorded {
  readonly call: string;
  readonly role: string;
  readonly part: number;
  readonly key: Buffer;
  /** The viewers who are shown it; everybody, if undefined. */
  readonly audience: readonly string[] | undefined;
  readonly onFailure: (error: unknown) => void;
}

/** What one connection of one party sends us; has one recording part. */
export class Publication {
  readonly peer: Peer;
  readonly tracks = new Map<Kind, IncomingTrack>();
  readonly recorded: Recorded;
  /** It was passed on and recorded: until then nothing of it is kept. */
  hasBegun = false;
  private readonly settings: Settings;
  private readonly part: Part;

  private constructor(settings: Settings, recorded: Recorded, peer: Peer) {
    this.settings = settings;
    this.recorded = recorded;
    this.peer = peer;
    const transceivers = peer.pc.getTransceivers();
    this.part = new Part({
      directory: settings.directory,
      name: `${recorded.call}/${recorded.role}/${recorded.part}`,
      key: recorded.key,
      kinds: [...new Set(transceivers.map((each) => each.kind as Kind))],
      needKeyframe: () => this.tracks.get('video')?.requestKeyframe(),
      onFailure: recorded.onFailure,
    });
    for (const transceiver of transceivers) {
      if (this.tracks.has(transceiver.kind as Kind)) continue;
      const track = new IncomingTrack(peer, this.part, transceiver);
      this.tracks.set(track.kind, track);
    }
  }

  /** Take an offer of a camera and a microphone; return the publication and the answer. */
  static async of(settings: Settings, recorded: Recorded, offer: string): Promise<[Publication, string]> {
    let publication: Publication | undefined;
    const peer = new Peer(settings, { onRtcp: (packet) => publication?.onRtcp(packet) });
    try {
      await peer.pc.setRemoteDescription({ type: 'offer', sdp: offer });
      const transceivers = peer.pc.getTransceivers();
      if (!transceivers.length) throw new Refusal(422, 'bad-description');
      for (const transceiver of transceivers) transceiver.setDirection('recvonly');
      publication = new Publication(settings, recorded, peer);
      return [publication, withBitrateCap(await peer.describe('answer'), settings.bitrate)];
    } catch (error) {
      await peer.close();
      throw error;
    }
  }

  begin(): void {
    this.hasBegun = true;
    for (const track of this.tracks.values()) track.begin();
  }

  /** Every second: a whole picture now and then, so that the recording can be searched, and the cap. */
  tick(now: number): void {
    const video = this.tracks.get('video');
    if (!video?.lastAt) return;
    if (now - video.lastKeyframeAt > KEYFRAME_EVERY_MS) video.requestKeyframe();
    video.limit(this.settings.bitrate);
  }

  status(): PartStatus {
    const { role, part } = this.recorded;
    return this.part.status(role, part, this.lagMs());
  }

  /** End the part: what still waits in the socket belongs to it. */
  async close(): Promise<void> {
    for (const until = Date.now() + DRAIN_MS; this.isBehind() && Date.now() < until; ) await sleep(50);
    for (const track of this.tracks.values())
      for (const viewer of [...track.viewers]) viewer.follow(undefined);
    await this.part.close();
    await this.peer.close();
  }

  private lagMs(): number {
    return Math.max(0, ...[...this.tracks.values()].map((track) => track.lagMs));
  }

  private isBehind(): boolean {
    return [...this.tracks.values()].some((track) => track.lagMs > 200 && Date.now() - track.lastAt < 400);
  }

  private onRtcp(packet: RtcpPacket): void {
    if (!(packet instanceof RtcpSrPacket)) return;
    for (const track of this.tracks.values()) {
      if (track.ssrc === packet.ssrc) track.onSenderReport(packet.senderInfo);
    }
  }
}
