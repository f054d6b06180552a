import { fmt } from '@chonso/i18n';
import { Link } from '@tanstack/react-router';
import { Facts, Side } from '../../lists/Side.tsx';
import type { RegionLine } from './board.ts';
import { Stages } from './Stages.tsx';
import { words as all } from './words.ts';

const words = all.board;

/** A region of the board: its calls of today, and its journeys stage by stage. */
export function RegionDetail({ line, onClose }: { line: RegionLine; onClose: () => void }) {
  const { agents } = line;
  return (
    <Side
      title={`${all.region} ${line.region}`}
      lead={words.agentsText(
        agents.AVAILABLE ?? 0,
        (agents.RESERVED ?? 0) + (agents.BUSY ?? 0),
        (agents.WRAP_UP ?? 0) + (agents.BREAK ?? 0),
      )}
      onClose={onClose}
      foot={
        line.stuck > 0 && (
          <Link
            to={'/oversight/stuck' as never}
            search={{ region: line.region } as never}
            className="btn btn-primary"
          >
            {words.toStuck}
          </Link>
        )
      }
    >
      <Facts
        facts={[
          [words.answered, fmt.count(line.answered)],
          [words.inMinute, fmt.count(line.answered_in_time)],
          [words.lost, fmt.count(line.abandoned)],
          [words.unanswered, fmt.count(line.unanswered)],
        ]}
      />
      <div>
        <h2 className="v-h">{words.stages}</h2>
        <Stages stages={line.stages} />
      </div>
    </Side>
  );
}
