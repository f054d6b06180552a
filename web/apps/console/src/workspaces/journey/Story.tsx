import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { Check, Circle, History, TriangleAlert, X } from 'lucide-react';
import { span } from '../../shell/elapsed.ts';
import { useNames } from '../../shell/names.ts';
import type { Line } from './journeys.ts';
import { reasonText } from './reasons.words.ts';
import { words } from './words.ts';

const GAP_MINUTES = 5;
const GOOD = /Confirmed|Completed|Passed|Approved|Delivered|PickupDone|Installed|Consumed|Collected|Granted$/;
const BAD = /Failed|Rejected|Refused|Lost|Cancelled|Expired|Released|Revoked/;
const WARN = /NeedsReview|Dropped|Abandoned|RetryNeeded|Delayed|Ending/;

type Look = 'good' | 'bad' | 'warn' | 'plain';
const ICONS = { good: Check, bad: X, warn: TriangleAlert, plain: Circle };

function lookOf(event: string): Look {
  if (BAD.test(event)) return 'bad';
  if (WARN.test(event)) return 'warn';
  return GOOD.test(event) ? 'good' : 'plain';
}

const minutesBetween = (from: string, to: string) =>
  Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 60_000);

/** Everything that happened, the oldest first, by day: with its reason, the colleague, and long waits before it. */
export function Story({ lines }: { lines: readonly Line[] }) {
  const names = useNames(lines.map(({ actor_id }) => actor_id));
  const days = Map.groupBy(lines, ({ at }) => fmt.date(at));
  const [first, last] = [lines[0], lines.at(-1)];
  return (
    <section className="jy-s">
      <header>
        <h2>{words.story}</h2>
        {first && last && (
          <small>
            {words.events(lines.length)} · {span(minutesBetween(first.at, last.at))}
          </small>
        )}
      </header>
      {!lines.length && <State icon={<History size={28} aria-hidden="true" />} title={words.storyEmpty} />}
      {[...days].map(([day, ofDay]) => (
        <section key={day}>
          <h3 className="jy-day">{day === fmt.date(new Date()) ? words.today : day}</h3>
          <ol className="jy-l">
            {ofDay.map((line, i) => {
              const before = ofDay[i - 1];
              return (
                <Entry
                  key={`${line.at}-${line.event}`}
                  line={line}
                  waited={before ? minutesBetween(before.at, line.at) : 0}
                  actor={names(line.actor_id)}
                />
              );
            })}
          </ol>
        </section>
      ))}
    </section>
  );
}

function Entry({ line, waited, actor }: { line: Line; waited: number; actor: string }) {
  const look = lookOf(line.event);
  const Icon = ICONS[look];
  const remarks = [line.reason_code && reasonText(line.reason_code), actor].filter(Boolean);
  return (
    <li data-look={look}>
      <time dateTime={line.at}>{fmt.hour(line.at)}</time>
      <i>
        <Icon
          size={look === 'plain' ? 8 : 13}
          aria-hidden="true"
          fill={look === 'plain' ? 'currentColor' : 'none'}
        />
      </i>
      <div>
        <p>{line.text_vi}</p>
        {remarks.length > 0 && (
          <small>
            <b>{remarks.join(' · ')}</b>
          </small>
        )}
      </div>
      <span className="jy-gap">{waited >= GAP_MINUTES && words.after(span(waited))}</span>
    </li>
  );
}
