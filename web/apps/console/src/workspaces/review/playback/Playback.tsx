import './playback.css';
import { Button, Skeleton, State } from '@chonso/ui';
import { useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeft, Trash2, VideoOff } from 'lucide-react';
import { useMemo } from 'react';
import { Failure } from '../../../shell/Failure.tsx';
import { useKeys } from '../../../shell/keys.ts';
import { Workspace } from '../../../shell/Workspace.tsx';
import { words } from '../words.ts';
import { Challenges } from './Challenges.tsx';
import { useClock } from './clock.ts';
import { Events } from './Events.tsx';
import { LegalHold } from './LegalHold.tsx';
import { useEvidence } from './recordings.ts';
import { TimeBar } from './TimeBar.tsx';
import { Track } from './Track.tsx';
import { besides, type Evidence, timelineOf } from './timeline.ts';
import { Verdict } from './Verdict.tsx';

const w = words.playback;
const JUMP_MS = 5_000;

/** A recorded call, for those who audit it: both pictures, all events, and whether they are unchanged (LAW12). */
export function Playback() {
  const { callId } = useParams({ strict: false }) as { callId: string };
  const { data, error, refetch } = useEvidence(callId);
  if (data) return <Player key={callId} evidence={data} />;
  return (
    <Workspace title={w.title} switches={<Back />}>
      <div className="pb" aria-busy={!error || undefined}>
        {error ? <Failure error={error} retry={() => void refetch()} /> : <Arriving />}
      </div>
    </Workspace>
  );
}

/** The verdict and both pictures before they are there. */
function Arriving() {
  return (
    <>
      <Skeleton height={44} />
      <div className="pb-stage">
        <Skeleton height={330} />
        <Skeleton height={330} />
      </div>
    </>
  );
}

function Back() {
  const { history } = useRouter();
  return (
    <Button kind="quiet" onClick={() => history.back()}>
      <ArrowLeft size={16} aria-hidden="true" /> {w.keys.back}
    </Button>
  );
}

function Player({ evidence }: { evidence: Evidence }) {
  const timeline = useMemo(() => timelineOf(evidence), [evidence]);
  const { length, spans, marks } = timeline;
  const { at, playing, seek, toggle } = useClock(length);
  const { history } = useRouter();
  const hasPictures = length > 0 && !evidence.erased;
  const step = (direction: 1 | -1) => seek(besides(marks, at, direction)?.at ?? at);
  useKeys(w.title, [
    { key: ' ', name: w.keys.toggle, run: toggle, enabled: hasPictures },
    { key: 'ArrowLeft', name: w.keys.left, run: () => seek(at - JUMP_MS), enabled: hasPictures },
    { key: 'ArrowRight', name: w.keys.right, run: () => seek(at + JUMP_MS), enabled: hasPictures },
    { key: 'ArrowUp', name: w.keys.before, run: () => step(-1), enabled: hasPictures },
    { key: 'ArrowDown', name: w.keys.after, run: () => step(1), enabled: hasPictures },
    { key: 'Escape', name: w.keys.back, run: () => history.back() },
  ]);
  const pictures = { callId: evidence.call_id, spans, at, playing };
  return (
    <Workspace
      title={w.title}
      switches={<Back />}
      side={
        <>
          <header className="side-h">
            <b>{w.events}</b>
            <p>{w.eventsLead}</p>
          </header>
          <Events marks={marks} at={at} onSeek={seek} />
        </>
      }
    >
      <div className="pb">
        <Verdict evidence={evidence} />
        {!evidence.erased && <LegalHold evidence={evidence} />}
        {hasPictures ? (
          <>
            <div className="pb-stage">
              <Track party="CUSTOMER" {...pictures} />
              <Track party="AGENT" {...pictures} />
            </div>
            <TimeBar timeline={timeline} at={at} playing={playing} onSeek={seek} onToggle={toggle} />
          </>
        ) : (
          <Nothing erased={evidence.erased} />
        )}
        <Challenges challenges={evidence.challenges} timeline={timeline} onSeek={seek} />
      </div>
    </Workspace>
  );
}

function Nothing({ erased }: { erased: boolean }) {
  const Sign = erased ? Trash2 : VideoOff;
  return (
    <State icon={<Sign size={30} aria-hidden="true" />} title={erased ? w.erased : w.notRecorded}>
      {erased ? w.erasedText : w.notRecordedText}
    </State>
  );
}
