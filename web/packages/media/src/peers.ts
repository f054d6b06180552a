import type { MediaState, Signalling } from './signalling.ts';

const MOST_BITS_PER_SECOND = 600_000;
const CONNECTS_WITHIN_MS = 10_000;
const COMES_BACK_WITHIN_MS = 4_000;

/** One connection with the media node: what is published, or what is seen. */
export class Peer {
  /** The part of the recording that it fills, where it publishes. */
  part = 0;
  /** The media session in which it was made. */
  session = 0;
  readonly connection: RTCPeerConnection;
  #describedAt = 0;
  #unwellSince: number | null = performance.now();
  #wasWell = false;

  constructor(servers: MediaState['ice']['servers']) {
    this.connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: servers.map(({ urls, username, credential }) => ({
        urls,
        ...(username && { username }),
        ...(credential && { credential }),
      })),
    });
    this.connection.addEventListener('connectionstatechange', () => {
      const isWell = this.connection.connectionState === 'connected';
      this.#wasWell ||= isWell;
      this.#unwellSince = isWell ? null : (this.#unwellSince ?? performance.now());
    });
  }

  /** Both sides know each other's description: from now on it is waited for. */
  described(facts: { part?: number; session: number }): this {
    this.#describedAt = performance.now();
    if (this.#unwellSince !== null) this.#unwellSince = this.#describedAt;
    return Object.assign(this, facts);
  }

  /** Milliseconds since both sides know each other's description. */
  get age(): number {
    return performance.now() - this.#describedAt;
  }

  get isConnected(): boolean {
    return this.#unwellSince === null;
  }

  /** Tell whether it has failed, has not connected in ten seconds, or not come back by itself in four. */
  get isBroken(): boolean {
    if (this.#unwellSince === null) return false;
    const patience = this.#wasWell ? COMES_BACK_WITHIN_MS : CONNECTS_WITHIN_MS;
    return this.connection.connectionState === 'failed' || performance.now() - this.#unwellSince > patience;
  }

  close(): void {
    this.connection.close();
  }
}

/** Publish a stream: VP8 and Opus, at most 600 kbit/s; few frames rather than small ones, for stills are taken. */
export async function publish(
  signalling: Signalling,
  stream: MediaStream,
  { session, ice }: Pick<MediaState, 'session' | 'ice'>,
): Promise<Peer> {
  const peer = new Peer(ice.servers);
  try {
    for (const track of stream.getTracks()) sendTrack(peer.connection, track, stream);
    await peer.connection.setLocalDescription();
    const { answer, part } = await signalling.publish(peer.connection.localDescription?.sdp ?? '');
    await peer.connection.setRemoteDescription({ type: 'answer', sdp: answer });
    return peer.described({ part, session });
  } catch (error) {
    peer.close();
    throw error;
  }
}

function sendTrack(connection: RTCPeerConnection, track: MediaStreamTrack, stream: MediaStream): void {
  const isPicture = track.kind === 'video';
  const transceiver = connection.addTransceiver(track, {
    direction: 'sendonly',
    streams: [stream],
    ...(isPicture && { sendEncodings: [{ maxBitrate: MOST_BITS_PER_SECOND }] }),
  });
  if (!isPicture) return;
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  transceiver.setCodecPreferences?.(codecs.filter(({ mimeType }) => mimeType === 'video/VP8'));
  const parameters = Object.assign(transceiver.sender.getParameters(), {
    degradationPreference: 'maintain-resolution',
  });
  void transceiver.sender.setParameters(parameters).catch(() => undefined);
}

const SUPERVISOR = 'feed-SUPERVISOR';

/** See the other party, and a supervisor who joins; null while there is nothing to see. */
export async function view(
  signalling: Signalling,
  { session, ice }: MediaState,
  show: (stream: MediaStream, guest: MediaStream) => void,
): Promise<Peer | null> {
  const seen = await signalling.view();
  if (!seen) return null;
  const peer = new Peer(ice.servers);
  try {
    // A supervisor's sound comes with the other party's; the picture stands apart.
    const [stream, guest] = [new MediaStream(), new MediaStream()];
    peer.connection.addEventListener('track', ({ track, streams: [feed] }) => {
      const isGuest = feed?.id === SUPERVISOR && track.kind === 'video';
      (isGuest ? guest : stream).addTrack(track);
    });
    await peer.connection.setRemoteDescription({ type: 'offer', sdp: seen.offer });
    show(stream, guest);
    await peer.connection.setLocalDescription();
    await signalling.answer(seen.peer, peer.connection.localDescription?.sdp ?? '');
    return peer.described({ session });
  } catch (error) {
    peer.close();
    throw error;
  }
}
