import { fmt } from '@chonso/i18n';
import { figures, type TeamLine } from './wall.ts';
import { words } from './words.ts';

const TARGET = 0.8;
const LONG_S = 120;
const STATES = ['AVAILABLE', 'RESERVED', 'BUSY', 'WRAP_UP', 'BREAK'] as const;

/** A team at this moment, and its day so far. */
export function TeamTile({ line, within }: { line: TeamLine; within: number }) {
  const { today } = line;
  const here = STATES.filter((state) => line.agents[state]);
  const level = today.service_level;
  return (
    <article className="w-team">
      <header>
        <h2>{words.team(line.team, line.region)}</h2>
        <span className="w-open" data-open={line.open || undefined}>
          {line.open ? words.open : words.closed(line.opens_at ? fmt.time(line.opens_at) : '')}
        </span>
      </header>
      <dl className="w-now">
        <div data-hot={line.longest_wait_seconds > LONG_S || undefined}>
          <dt>{words.waiting}</dt>
          <dd>{fmt.count(line.waiting)}</dd>
        </div>
        <div data-hot={line.longest_wait_seconds > LONG_S || undefined}>
          <dt>{words.longest}</dt>
          <dd>{line.waiting ? fmt.clock(line.longest_wait_seconds) : words.none}</dd>
        </div>
        <div>
          <dt>{words.inCall}</dt>
          <dd>{fmt.count(line.in_call)}</dd>
        </div>
      </dl>
      <p className="w-states">
        {here.map((state) => (
          <span key={state} data-state-of={state}>
            {`${line.agents[state]} ${words.states[state].toLowerCase()}`}
          </span>
        ))}
        {!here.length && words.nobody}
      </p>
      <dl className="w-day" title={words.levelHint(within)}>
        <div data-low={(level !== null && level < TARGET) || undefined}>
          <dt>{words.level}</dt>
          <dd>{figures.percent(level)}</dd>
        </div>
        <div>
          <dt>{words.asa}</dt>
          <dd>{today.mean_wait_seconds === null ? words.none : fmt.clock(today.mean_wait_seconds)}</dd>
        </div>
        <div>
          <dt>{words.abandonment}</dt>
          <dd>{figures.percent(today.abandonment)}</dd>
        </div>
        <div>
          <dt>{words.handling}</dt>
          <dd>
            {today.mean_handling_seconds === null ? words.none : fmt.clock(today.mean_handling_seconds)}
          </dd>
        </div>
        <div>
          <dt>{words.occupancy}</dt>
          <dd>{figures.percent(today.occupancy)}</dd>
        </div>
      </dl>
    </article>
  );
}
