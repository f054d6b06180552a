import { fmt } from '@chonso/i18n';
import { Link } from '@tanstack/react-router';
import { useHasRole } from '../../shell/session.ts';
import type { RegionLine } from './board.ts';
import { DayFigures } from './DayFigures.tsx';
import { Level } from './Oversight.tsx';
import { Stages } from './Stages.tsx';
import { words as all } from './words.ts';

const words = all.board;

/** The board of somebody with one region: its calls, agents and journeys as a page instead of a row. */
export function OneRegion({ line }: { line: RegionLine }) {
  const { agents } = line;
  const supervises = useHasRole('region_manager');
  const busy = (agents.RESERVED ?? 0) + (agents.BUSY ?? 0);
  const away = (agents.WRAP_UP ?? 0) + (agents.BREAK ?? 0);
  const facts: [string, string][] = [
    [words.waiting, fmt.count(line.waiting)],
    [words.longest, line.waiting ? fmt.clock(line.longest_wait_seconds) : words.none],
    [words.answered, fmt.count(line.answered)],
    [words.inMinute, fmt.count(line.answered_in_time)],
    [words.lost, fmt.count(line.abandoned)],
    [words.unanswered, fmt.count(line.unanswered)],
  ];
  return (
    <div className="v-page">
      <div className="v-cols">
        <section className="v-card">
          <h2>{`${all.region} ${line.region}`}</h2>
          <p>{words.agentsText(agents.AVAILABLE ?? 0, busy, away)}</p>
          <div className="v-level">
            <span>{words.inTime}</span>
            <Level lines={[line]} />
          </div>
          <dl className="v-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {supervises && (
            <Link to={'/video' as never} className="btn btn-line">
              {words.toWall}
            </Link>
          )}
        </section>
        <section className="v-card">
          <h2>{words.stages}</h2>
          <Stages stages={line.stages} />
          {line.stuck > 0 && (
            <Link
              to={'/oversight/stuck' as never}
              search={{ region: line.region } as never}
              className="btn btn-primary"
            >
              {words.toStuck}
            </Link>
          )}
        </section>
      </div>
      <DayFigures region={line.region} />
    </div>
  );
}
