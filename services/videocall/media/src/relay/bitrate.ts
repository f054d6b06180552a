import { ReceiverEstimatedMaxBitrate, RtcpPayloadSpecificFeedback } from 'werift';

const MANTISSA = 0x3ffff;

/** The RTCP packet (REMB) that tells a sender the most bits a second it may send. */
export function remb(bitrate: number, senderSsrc: number, mediaSsrc: number): RtcpPayloadSpecificFeedback {
  let brExp = 0;
  let brMantissa = Math.max(1, Math.floor(bitrate));
  while (brMantissa > MANTISSA) {
    brMantissa = Math.floor(brMantissa / 2);
    brExp++;
  }
  return new RtcpPayloadSpecificFeedback({
    feedback: new ReceiverEstimatedMaxBitrate({
      senderSsrc,
      mediaSsrc: 0,
      uniqueID: 'REMB',
      ssrcNum: 1,
      brExp,
      brMantissa,
      bitrate: BigInt(bitrate),
      ssrcFeedbacks: [mediaSsrc],
    }),
  });
}

/** Write the cap into a description: Chrome and Safari read b=AS, Firefox b=TIAS; REMB alone starts late. */
export const withBitrateCap = (sdp: string, bitrate: number): string =>
  sdp.replace(
    /(m=video[\s\S]*?c=[^\r\n]*\r\n)/g,
    `$1b=AS:${Math.round(bitrate / 1000)}\r\nb=TIAS:${bitrate}\r\n`,
  );
