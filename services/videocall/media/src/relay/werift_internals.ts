import { createSecretKey } from 'node:crypto';
import type { RTCDtlsTransport, RTCPeerConnection, RTCRtpSender } from 'werift';

/**
 * What we reach into werift 0.25.2 for, all of it here. Each function does nothing where werift has moved
 * what it touches; `tests/werift.test.ts` fails then.
 */
const RECEIVE_BUFFER = 1 << 20;
const KEY_FIELDS = [
  'srtpSessionKey',
  'srtcpSessionKey',
  'srtpSessionAuthTag',
  'srtcpSessionAuthTag',
] as const;

interface SrtpContext {
  cipher?: Record<string, unknown>;
}
interface SrtpSession {
  localContext?: SrtpContext;
  remoteContext?: SrtpContext;
}
type DtlsInternals = { srtp?: SrtpSession; srtcp?: SrtpSession };
type IceInternals = {
  connection?: { protocols?: { transport?: { socket?: { setRecvBufferSize?: (bytes: number) => void } } }[] };
};

/**
 * Swap the keys of a connected transport from buffers to key objects; return how many there were.
 *
 * Node 24.19 takes 34 µs to set up a cipher from a buffer and 6 µs from a key object; werift makes two a packet.
 */
export function useKeyObjects(dtls: RTCDtlsTransport | undefined): number {
  let swapped = 0;
  const { srtp, srtcp } = (dtls ?? {}) as unknown as DtlsInternals;
  for (const context of [srtp, srtcp].flatMap((session) => [session?.localContext, session?.remoteContext])) {
    for (const field of KEY_FIELDS) {
      const key = context?.cipher?.[field];
      if (!context?.cipher || !Buffer.isBuffer(key)) continue;
      context.cipher[field] = createSecretKey(key);
      swapped++;
    }
  }
  return swapped;
}

/**
 * Ask for 1 MiB of receive buffer on each socket of a connection; return how many sockets there were.
 *
 * The kernel's usual 208 KiB hold less than a second of a call while the process waits for a CPU.
 */
export function growReceiveBuffers(pc: RTCPeerConnection): number {
  let grown = 0;
  for (const ice of pc.iceTransports as unknown as IceInternals[]) {
    for (const protocol of ice.connection?.protocols ?? []) {
      const socket = protocol.transport?.socket;
      if (!socket?.setRecvBufferSize) continue;
      socket.setRecvBufferSize(RECEIVE_BUFFER);
      grown++;
    }
  }
  return grown;
}

/** Silence werift's own sender reports, whose NTP fraction is wrong: the publisher's are relayed instead. */
export function silenceSenderReports(sender: RTCRtpSender): void {
  (sender as unknown as { rtcpRunning: boolean }).rtcpRunning = true;
}
