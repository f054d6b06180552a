import { Skeleton } from '@chonso/ui';
import { VideoOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Failure } from '../../../shell/Failure.tsx';
import { words } from '../words.ts';
import { useRecording } from './recordings.ts';
import { type Party, type Span, shownAt } from './timeline.ts';

const w = words.playback;
/** How far a picture may be from the clock: while it plays, and while it stands still. */
const DRIFT_SECONDS = { playing: 0.3, still: 0.04 };

type TrackProps = { callId: string; party: Party; spans: readonly Span[]; at: number; playing: boolean };

/** One party's picture: of several connections the one that lasted at the moment. */
export function Track({ callId, party, spans, at, playing }: TrackProps) {
  const shown = shownAt(spans, party, at);
  return (
    <figure className="pb-track" data-party={party}>
      {spans
        .filter((span) => span.role === party)
        .map((span) => (
          <PartPicture
            key={span.part}
            callId={callId}
            span={span}
            at={at}
            shown={span === shown}
            playing={playing}
          />
        ))}
      {!shown && (
        <p className="pb-none">
          <VideoOff size={26} aria-hidden="true" />
          {w.noPicture}
        </p>
      )}
      <figcaption>{w.parties[party]}</figcaption>
    </figure>
  );
}

type PartProps = { callId: string; span: Span; at: number; shown: boolean; playing: boolean };

function PartPicture({ callId, span, at, shown, playing }: PartProps) {
  const { address, error, refetch } = useRecording(callId, span);
  const screen = useRef<HTMLVideoElement>(null);
  const seconds = (at - span.from) / 1000;
  useEffect(() => {
    const video = screen.current;
    if (!video || !address) return;
    if (!shown) {
      video.pause();
      return;
    }
    const drift = Math.abs(video.currentTime - seconds);
    if (drift > (playing ? DRIFT_SECONDS.playing : DRIFT_SECONDS.still)) video.currentTime = seconds;
    if (playing && video.paused) void video.play().catch(() => undefined);
    if (!playing && !video.paused) video.pause();
  }, [address, shown, playing, seconds]);
  if (error) return shown ? <Failure error={error} retry={() => void refetch()} /> : null;
  if (!address) return shown ? <Skeleton height={240} /> : null;
  // biome-ignore lint/a11y/useMediaCaption: what is said in a call has no captions
  return <video ref={screen} src={address} hidden={!shown} playsInline preload="auto" />;
}
