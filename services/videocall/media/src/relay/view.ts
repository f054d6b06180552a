import {
  MediaStream,
  ReceiverEstimatedMaxBitrate,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
} from 'werift';
import type { Settings } from '../settings.ts';
import { OutgoingTrack } from './outgoing_track.ts';
import { Peer } from './peer.ts';
import type { Publication } from './publication.ts';

const KINDS = ['audio', 'video'] as const;

/** One connection on which one or more parties are seen and heard; whom it belongs to sends nothing. */
export class View {
  readonly peer: Peer;
  private readonly tracks = new Map<string, OutgoingTrack[]>();

  constructor(settings: Settings, feeds: readonly string[]) {
    this.peer = new Peer(settings, {
      onRtcp: (packet) => this.onRtcp(packet),
      onConnected: () => this.requestKeyframes(),
    });
    for (const feed of feeds) {
      const stream = new MediaStream({ id: `feed-${feed}` });
      const outgoing = KINDS.map((kind) => {
        const { sender } = this.peer.pc.addTransceiver(kind, { direction: 'sendonly' });
        sender.setStreams([stream]);
        return new OutgoingTrack(this.peer, sender, kind);
      });
      this.tracks.set(feed, outgoing);
    }
  }

  /** Show what a party publishes from now on; nothing, if it has ended. */
  show(feed: string, publication: Publication | undefined): void {
    for (const track of this.tracks.get(feed) ?? []) track.follow(publication?.tracks.get(track.kind));
  }

  async close(): Promise<void> {
    for (const feed of this.tracks.keys()) this.show(feed, undefined);
    await this.peer.close();
  }

  private requestKeyframes(): void {
    for (const track of [...this.tracks.values()].flat()) track.requestKeyframe();
  }

  private onRtcp(packet: RtcpPacket): void {
    if (!(packet instanceof RtcpPayloadSpecificFeedback)) return;
    const { feedback } = packet;
    if (feedback instanceof ReceiverEstimatedMaxBitrate) return; // a viewer's CPU must not thin out the evidence
    const asked = feedback as { mediaSsrc?: number; fir?: { ssrc: number }[] };
    const ssrcs = [asked.mediaSsrc, ...(asked.fir ?? []).map((entry) => entry.ssrc)];
    for (const track of [...this.tracks.values()].flat()) {
      if (track.kind === 'video' && ssrcs.includes(track.ssrc)) track.requestKeyframe();
    }
  }
}
