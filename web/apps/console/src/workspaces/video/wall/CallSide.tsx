import { fmt } from '@chonso/i18n';
import { LivePicture } from '@chonso/media';
import { Button } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Side } from '../../../lists/Side.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { type Feed, speak, useMonitor } from './monitor.ts';
import { type CallLine, type Mode, useMove, useRelease } from './wall.ts';
import { words } from './words.ts';

type Props = { call: CallLine; name: string; teams: readonly string[]; onClose: () => void };

/** A call on the wall: watched, spoken into, freed; one that waits is moved to another team. */
export function CallSide({ call, name, teams, onClose }: Props) {
  const isTalking = call.agent_id !== null;
  return (
    <Side
      title={name}
      lead={`${words.team(call.team, call.region)}, ${fmt.hour(call.started_at ?? call.queued_at)}`}
      onClose={onClose}
      foot={isTalking && <Release call={call} onDone={onClose} />}
    >
      {isTalking ? <Watch callId={call.call_id} /> : <Move call={call} teams={teams} />}
    </Side>
  );
}

function Release({ call, onDone }: { call: CallLine; onDone: () => void }) {
  const release = useRelease(call.call_id);
  return (
    <>
      <Refused error={release.error} />
      <Button
        kind="refuse"
        busy={release.isPending}
        onClick={() => release.mutate(undefined, { onSuccess: onDone })}
      >
        {words.release}
      </Button>
    </>
  );
}

function Move({ call, teams }: { call: CallLine; teams: readonly string[] }) {
  const move = useMove(call.call_id);
  const others = teams.filter((team) => team !== call.team);
  return (
    <>
      <p className="lead">{others.length ? words.moveLead : words.noOtherTeam}</p>
      <Refused error={move.error} />
      {others.map((team) => (
        <Button key={team} busy={move.isPending && move.variables === team} onClick={() => move.mutate(team)}>
          {`${words.move} ${team}`}
        </Button>
      ))}
    </>
  );
}

function Watch({ callId }: { callId: string }) {
  const [watching, setWatching] = useState(false);
  const [attempt, setAttempt] = useState(1);
  return (
    <>
      <p className="lead">{words.watchLead}</p>
      {watching && <Pictures key={attempt} callId={callId} onAgain={() => setAttempt(attempt + 1)} />}
      <Button kind={watching ? 'line' : 'primary'} onClick={() => setWatching(!watching)}>
        {watching ? words.stop : words.watch}
      </Button>
    </>
  );
}

const FEEDS: readonly (readonly [Feed, string])[] = [
  ['CUSTOMER', words.customer],
  ['AGENT', words.colleague],
];

function Pictures({ callId, onAgain }: { callId: string; onAgain: () => void }) {
  const { feeds, error } = useMonitor(callId);
  if (error)
    return (
      <>
        <Refused error={error} />
        <Button onClick={onAgain}>{words.watchAgain}</Button>
      </>
    );
  return (
    <>
      <div className="w-feeds">
        {FEEDS.map(([feed, name]) => (
          <figure key={feed}>
            {feeds[feed] ? <LivePicture stream={feeds[feed]} /> : <span>{words.connecting}</span>}
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
      <Voice callId={callId} />
    </>
  );
}

/** Whisper to the agent, or join the call; leaving the page ends it. */
function Voice({ callId }: { callId: string }) {
  const [mode, setMode] = useState<Mode>();
  const end = useRef<() => Promise<void>>(undefined);
  useEffect(() => () => void end.current?.(), []);
  const starting = useMutation({
    mutationFn: async (next: Mode) => {
      end.current = await speak(callId, next);
      return next;
    },
    onSuccess: setMode,
  });
  const stop = () => {
    void end.current?.();
    end.current = undefined;
    setMode(undefined);
  };
  if (mode)
    return (
      <div className="w-voice" role="status">
        <b>{mode === 'WHISPER' ? words.whispering : words.barging}</b>
        <Button kind="refuse" onClick={stop}>
          {words.silent}
        </Button>
      </div>
    );
  const isRefused = starting.error instanceof DOMException;
  return (
    <div className="w-voice">
      {isRefused ? <p role="alert">{words.noMicrophone}</p> : <Refused error={starting.error} />}
      <Button busy={starting.isPending} onClick={() => starting.mutate('WHISPER')}>
        {words.whisper}
      </Button>
      <Button busy={starting.isPending} onClick={() => starting.mutate('BARGE')}>
        {words.barge}
      </Button>
    </div>
  );
}
