import { fmt } from '@chonso/i18n';
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import type { CSSProperties } from 'react';
import { words } from '../words.ts';
import { kindName, lookOf } from './kinds.ts';
import { besides, type Party, type Timeline } from './timeline.ts';

const w = words.playback;
const PARTIES: readonly Party[] = ['CUSTOMER', 'AGENT'];

type Props = {
  timeline: Timeline;
  at: number;
  playing: boolean;
  onSeek: (to: number) => void;
  onToggle: () => void;
};

/** Play, pause, the one time line of both pictures, and the events of the call on it. */
export function TimeBar({ timeline, at, playing, onSeek, onToggle }: Props) {
  const { length, spans, marks } = timeline;
  const step = (direction: 1 | -1) => {
    const mark = besides(marks, at, direction);
    if (mark) onSeek(mark.at);
  };
  const place = (from: number, to = from) =>
    ({ '--from': from / length, '--to': to / length }) as CSSProperties;
  return (
    <div className="pb-bar">
      <div className="pb-keys">
        <button type="button" className="round" aria-label={w.keys.before} onClick={() => step(-1)}>
          <SkipBack size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="round pb-play"
          aria-label={playing ? w.pause : w.play}
          onClick={onToggle}
        >
          {playing ? <Pause size={22} aria-hidden="true" /> : <Play size={22} aria-hidden="true" />}
        </button>
        <button type="button" className="round" aria-label={w.keys.after} onClick={() => step(1)}>
          <SkipForward size={18} aria-hidden="true" />
        </button>
        <p>
          <b>{fmt.clock(at / 1000)}</b> / {fmt.clock(length / 1000)}
        </p>
      </div>
      <div className="pb-line">
        {PARTIES.map((role) => (
          <div key={role} className="pb-lane" data-party={role}>
            <span>{w.parties[role]}</span>
            <div>
              {spans
                .filter((span) => span.role === role)
                .map(({ part, from, to }) => (
                  <i key={part} style={place(from, to)} />
                ))}
            </div>
          </div>
        ))}
        <div className="pb-marks">
          {marks.map(({ event, at: moment }) => (
            <button
              key={event.seq}
              type="button"
              tabIndex={-1}
              data-look={lookOf(event.kind)}
              style={place(moment)}
              title={`${fmt.clock(moment / 1000)} ${kindName(event.kind)}`}
              aria-label={`${kindName(event.kind)}, ${fmt.clock(moment / 1000)}`}
              onClick={() => onSeek(moment)}
            />
          ))}
        </div>
        <input
          type="range"
          min={0}
          max={Math.ceil(length)}
          step={100}
          value={at}
          aria-label={w.moment}
          aria-valuetext={fmt.clock(at / 1000)}
          onChange={({ target }) => onSeek(Number(target.value))}
        />
      </div>
    </div>
  );
}
