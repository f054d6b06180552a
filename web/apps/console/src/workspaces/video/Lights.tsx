import { fmt } from '@chonso/i18n';
import { type LineState, NetworkBars } from '@chonso/media';
import type { Call } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { words } from './words.ts';

const w = words.stage;
const GRACE_S = 120;

/** The recording as the server sees it, the time of the call (or what is left to come back), the network. */
export function Lights({ call, line }: { call: Call; line: LineState }) {
  const now = useNow();
  const isDropped = call.status === 'DROPPED';
  const seconds = isDropped
    ? GRACE_S - secondsSince(call.dropped_at ?? call.queued_at, now)
    : secondsSince(call.started_at ?? call.queued_at, now);
  return (
    <>
      <span className="rec" data-recording={isDropped ? 'NONE' : line.recording} role="status">
        <i aria-hidden="true" />
        {w.recording[isDropped ? 'NONE' : line.recording]}
      </span>
      <span role="timer">{fmt.clock(seconds)}</span>
      {line.bars !== null && (
        <span>
          <NetworkBars bars={line.bars} />
          <span className="bars-n">{w.bars[line.bars]}</span>
        </span>
      )}
    </>
  );
}
