import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, useOPUS, useVP8 } from 'werift';

const FRAME_MS = 1000 / 15;
const SOUND_MS = 20;
const PACKETS_A_FRAME = 4;
/** Close to where 16 bits end, so that a short test passes over it. */
const FIRST_SEQUENCE = 65_400;
const KEYFRAME = [0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01]; // 640×480
const DELTA = [0x10, 0x11, 0, 0];

export interface Counts {
  readonly audio: number;
  readonly video: number;
}

const connection = (): RTCPeerConnection =>
  new RTCPeerConnection({
    codecs: { audio: [useOPUS()], video: [useVP8()] },
    iceServers: [],
    iceUseIpv6: false,
    bundlePolicy: 'max-bundle',
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
  });

/** A person without a browser: sends pictures and sound of no content, and counts what of another arrives. */
export class Caller {
  frames = 0;
  sounds = 0;
  /**
   * The share of packets that do not arrive, between 0 and 1. Before the first picture is recorded and when the last
   * is sent it has to be 0: nothing after a lost packet means that nobody misses it.
   */
  loss = 0;
  readonly publisher = connection();
  readonly viewers: RTCPeerConnection[] = [];
  /** Header extensions among what was seen, and the source of the last picture. */
  extensions = 0;
  videoSsrc: number | undefined;
  private readonly seen = { audio: new Set<number>(), video: new Set<number>() };
  private readonly tracks = {
    audio: new MediaStreamTrack({ kind: 'audio' }),
    video: new MediaStreamTrack({ kind: 'video' }),
  };
  private readonly sequence = { audio: FIRST_SEQUENCE, video: FIRST_SEQUENCE };
  private timer: NodeJS.Timeout | undefined;
  private wholePicture = true;
  private begun = 0;

  async offer(): Promise<string> {
    for (const track of Object.values(this.tracks)) {
      this.publisher.addTransceiver(track, { direction: 'sendonly' });
    }
    await this.publisher.setLocalDescription(await this.publisher.createOffer());
    return this.publisher.localDescription?.sdp ?? '';
  }

  /** Take the answer, and send from the moment the connection stands. */
  async publish(answer: string): Promise<void> {
    await this.publisher.setRemoteDescription({ type: 'answer', sdp: answer });
    await this.publisher.connectionStateChange.watch((state) => state === 'connected');
    for (const sender of this.publisher.getSenders()) {
      sender.onPictureLossIndication.subscribe(() => {
        this.wholePicture = true;
      });
    }
    this.losePackets();
    this.begun = Date.now();
    this.timer = setInterval(() => this.send(Date.now() - this.begun), 5);
  }

  async view(offer: string): Promise<string> {
    const viewer = connection();
    this.viewers.push(viewer);
    viewer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header }) => {
        this.seen[track.kind as 'audio' | 'video'].add(header.sequenceNumber);
        this.extensions += header.extensions.length;
        if (track.kind === 'video') this.videoSsrc = header.ssrc;
      });
    });
    await viewer.setRemoteDescription({ type: 'offer', sdp: offer });
    await viewer.setLocalDescription(await viewer.createAnswer());
    return viewer.localDescription?.sdp ?? '';
  }

  /** The packets that arrived, each counted once. */
  counts(): Counts {
    return { audio: this.seen.audio.size, video: this.seen.video.size };
  }

  /** Stop sending; the connections stay. */
  pause(): void {
    clearInterval(this.timer);
  }

  async close(): Promise<void> {
    this.pause();
    await Promise.all([this.publisher, ...this.viewers].map((pc) => pc.close()));
  }

  private losePackets(): void {
    const dtls = this.publisher.dtlsTransports[0];
    if (!dtls) return;
    const send = dtls.sendRtp.bind(dtls);
    dtls.sendRtp = (payload, header) =>
      Math.random() < this.loss ? Promise.resolve(0) : send(payload, header);
  }

  private send(elapsed: number): void {
    while (this.sounds * SOUND_MS < elapsed) {
      this.packet('audio', 0xffff0000 + this.sounds++ * 960, false, Buffer.alloc(80, 1));
    }
    while (this.frames * FRAME_MS < elapsed) this.frame();
  }

  private frame(): void {
    const timestamp = 0xfffff000 + this.frames++ * 6000;
    const first = this.wholePicture ? KEYFRAME : DELTA;
    this.wholePicture = false;
    for (let i = 0; i < PACKETS_A_FRAME; i++) {
      const head = Buffer.from(i === 0 ? first : [0x00]);
      this.packet('video', timestamp, i === PACKETS_A_FRAME - 1, Buffer.concat([head, Buffer.alloc(900, i)]));
    }
  }

  private packet(kind: 'audio' | 'video', timestamp: number, marker: boolean, payload: Buffer): void {
    const sequenceNumber = this.sequence[kind];
    this.sequence[kind] = (sequenceNumber + 1) & 0xffff;
    const header = new RtpHeader({ sequenceNumber, timestamp: timestamp >>> 0, marker, payloadType: 96 });
    this.tracks[kind].writeRtp(new RtpPacket(header, payload));
  }
}
