import { fmt } from '@chonso/i18n';
import { elapsed } from '../../shell/elapsed.ts';
import type { RegionLine } from './board.ts';
import { words as all } from './words.ts';

const words = all.board;

/** The journeys of a region, stage by stage: how many, the oldest, and those that are stuck. */
export function Stages({ stages }: { stages: RegionLine['stages'] }) {
  return (
    <>
      {!stages.length && <p className="t-soft">{words.noStages}</p>}
      <ul className="v-stages">
        {stages.map((stage) => (
          <li key={stage.stage}>
            <span>
              {stage.label_vi}
              {stage.oldest && <small>{`${words.longest} ${elapsed(stage.oldest)}`}</small>}
            </span>
            <span className="t-late">{stage.stuck > 0 && words.stuckOf(fmt.count(stage.stuck))}</span>
            <b>{fmt.count(stage.journeys)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
