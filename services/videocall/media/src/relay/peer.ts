import { randomUUID } from 'node:crypto';
import { type RTCDtlsTransport, RTCPeerConnection, type RtcpPacket, useOPUS, useVP8 } from 'werift';
import { Refusal } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { growReceiveBuffers, useKeyObjects } from './werift_internals.ts';

export interface PeerEvents {
  readonly onRtcp: (packet: RtcpPacket) => void;
  readonly onConnected?: () => void;
}

const CANDIDATE = /^a=candidate:/m;

/** Leave out candidates of addresses where no socket listens: werift names those of every interface. */
const onlyAddresses = (sdp: string, addresses: readonly string[]): string =>
  sdp.replace(/^a=candidate:(?:\S+ ){4}(\S+).*\r\n/gm, (line, address) =>
    addresses.includes(address) ? line : '',
  );

/** One connection of one person: a browser or an app that publishes or views. */
export class Peer {
  /** Nobody guesses it: who knows it may answer for this connection. */
  readonly id = randomUUID();
  readonly pc: RTCPeerConnection;
  private readonly settings: Settings;
  private readonly events: PeerEvents;
  private ports: [number, number] | undefined;
  private readonly createdAt = Date.now();
  private lastRtcpAt: number | undefined;
  private dtls: RTCDtlsTransport | undefined;

  constructor(settings: Settings, events: PeerEvents) {
    this.events = events;
    this.settings = settings;
    this.ports = settings.ports?.take();
    this.pc = new RTCPeerConnection({
      codecs: { audio: [useOPUS()], video: [useVP8()] },
      headerExtensions: { audio: [], video: [] }, // none: werift would pass the publisher's on to viewers
      iceServers: [], // werift's default asks a public STUN server
      iceUseIpv6: false,
      iceLite: true, // the node can always be reached: browsers do the checking
      iceAdditionalHostAddresses: settings.addresses,
      ...(settings.bind && { iceInterfaceAddresses: { udp4: settings.bind } }),
      ...(this.ports && { icePortRange: this.ports }),
      bundlePolicy: 'max-bundle',
    });
    this.pc.connectionStateChange.subscribe((state) => {
      if (state !== 'connected') return;
      useKeyObjects(this.dtls);
      this.events.onConnected?.();
    });
    this.pc.onTransceiverAdded.subscribe(() => this.hookRtcp());
  }

  get connected(): boolean {
    return this.dtls?.state === 'connected';
  }

  /** Make our side of the connection with its candidates, and room in its sockets; return its description. */
  async describe(kind: 'offer' | 'answer'): Promise<string> {
    const description = kind === 'offer' ? await this.pc.createOffer() : await this.pc.createAnswer();
    await this.pc.setLocalDescription(description);
    growReceiveBuffers(this.pc);
    const { addresses, bind } = this.settings;
    const described = this.pc.localDescription?.sdp ?? '';
    const sdp = bind ? onlyAddresses(described, addresses) : described;
    if (!CANDIDATE.test(sdp)) throw new Refusal(503, 'no-port-left'); // another process has ours
    return sdp;
  }

  async close(): Promise<void> {
    await this.pc.close();
    if (this.ports) this.settings.ports?.giveBack(this.ports);
    this.ports = undefined;
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (this.connected) this.dtls?.sendRtcp(packets).catch(() => {});
  }

  /** Ms since the other side was heard of, or a moment after that. As ICE-lite we send no checks: RTCP is the sign of life. */
  silentMs(now: number, since = 0): number {
    return now - Math.max(since, this.lastRtcpAt ?? this.createdAt);
  }

  /** Below werift's own routing, which hands a viewer's requests to the wrong half of a connection. */
  private hookRtcp(): void {
    const dtls = this.pc.dtlsTransports[0];
    if (!dtls || this.dtls === dtls) return;
    this.dtls = dtls;
    dtls.onRtcp.subscribe((packet) => {
      this.lastRtcpAt = Date.now();
      this.events.onRtcp(packet);
    });
  }
}
