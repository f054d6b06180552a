import { fmt } from '@chonso/i18n';
import { words as script } from '../../video/script.words.ts';
import { words } from './keeping.words.ts';
import { type Evidence, momentOf, type Timeline } from './timeline.ts';

const w = words.challenges;
type Challenge = Evidence['challenges'][number];
type Props = {
  challenges: readonly Challenge[];
  timeline: Timeline;
  onSeek: (to: number) => void;
};

/** The challenges of the call with their outcomes; a press leads the pictures to one (P5.1). */
export function Challenges({ challenges, timeline, onSeek }: Props) {
  if (!challenges.length) return null;
  const redrawn = challenges.some(({ draw }) => draw > 1);
  return (
    <section className="pb-tests" aria-labelledby="pb-tests">
      <h2 id="pb-tests">{w.title}</h2>
      <p>{w.lead}</p>
      <ol>
        {challenges.map((challenge) => {
          const at = momentOf(challenge, timeline);
          return (
            <li key={`${challenge.draw} ${challenge.kind}`}>
              <button
                type="button"
                disabled={at === undefined}
                onClick={() => at !== undefined && onSeek(at)}
              >
                <b>
                  {script.challenges[challenge.kind].name}
                  {challenge.detail && <code>{challenge.detail}</code>}
                </b>
                {redrawn && <span>{w.round(challenge.draw)}</span>}
                <em data-look={challenge.result ?? 'open'}>{outcomeOf(challenge)}</em>
                <time>{at !== undefined && fmt.clock(at / 1000)}</time>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function outcomeOf({ result, issued_at }: Challenge): string {
  if (result) return w[result];
  return issued_at ? w.open : w.unset;
}
