import { fmt } from '@chonso/i18n';
import { Skeleton, State } from '@chonso/ui';
import { PhoneIncoming } from 'lucide-react';
import { Failure, Stale } from '../../shell/Failure.tsx';
import type { Held } from '../../shell/numbers.ts';
import type { useQueue, Waiting } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { words } from './words.ts';

const w = words.queue;
const HOT_S = 90;
const TARGET_S = 120;
/** From so many desks on where nobody answered, a supervisor is to see to it. */
const UNANSWERED = 3;
const RADIUS = 14;
const ROUND = 2 * Math.PI * RADIUS;

type Props = {
  reading: ReturnType<typeof useQueue>;
  /** The numbers of holds, where they are known. */
  numbers: ReadonlyMap<string, Held>;
};

/** The customers who wait, in the order of answering, each with a ring that fills with the time. */
export function QueueList({ reading, numbers }: Props) {
  const { data, error, isPending, refetch } = reading;
  const now = useNow();
  const first = data?.items[0];
  const longest = data?.items.reduce(
    (most, { queued_at }) => Math.max(most, secondsSince(queued_at, now)),
    0,
  );
  return (
    <>
      <header className="queue-h">
        <h2>
          {w.title} <b>{data ? fmt.count(data.waiting) : ''}</b>
        </h2>
        {!!longest && (
          <p>
            {w.longest} <b data-hot={longest > HOT_S || undefined}>{fmt.clock(longest)}</b>
          </p>
        )}
      </header>
      <Stale reading={reading} />
      {isPending && <Loading />}
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {data && !first && (
        <State icon={<PhoneIncoming size={28} aria-hidden="true" />} title={w.empty}>
          {w.emptyText}
        </State>
      )}
      <ol className="queue-l">
        {data?.items.map((call, i) => (
          <Caller
            key={call.call_id}
            call={call}
            now={now}
            number={numbers.get(call.hold_id)?.display}
            first={i === 0}
          />
        ))}
        {data && data.waiting > data.items.length && (
          <li className="queue-more">{w.more(data.waiting - data.items.length)}</li>
        )}
      </ol>
    </>
  );
}

type CallerProps = {
  call: Waiting;
  now: number;
  number: string | undefined;
  first: boolean;
};

function Caller({ call, now, number, first }: CallerProps) {
  const waited = secondsSince(call.queued_at, now);
  const name = number ?? w.caller;
  return (
    <li className="caller" data-first={first || undefined}>
      <WaitRing seconds={waited} />
      <div>
        <b>{name}</b>
        <p>
          {call.sim && <span>{words.sim[call.sim]}</span>}
          <span>{w.time(call.earlier_calls)}</span>
        </p>
        {(call.returning || call.appointment_at) && (
          <p>
            <em>{call.appointment_at ? w.appointment(fmt.hour(call.appointment_at)) : w.returning}</em>
          </p>
        )}
        {call.missed_offers >= UNANSWERED && (
          <p>
            <em data-hot>{w.unanswered(call.missed_offers)}</em>
          </p>
        )}
      </div>
      <span className="caller-t" data-hot={waited > HOT_S || undefined}>
        <span className="sr">{w.waited('')}</span>
        {fmt.clock(waited)}
      </span>
    </li>
  );
}

function WaitRing({ seconds }: { seconds: number }) {
  const filled = Math.min(1, seconds / TARGET_S) * ROUND;
  return (
    <svg className="wait" viewBox="0 0 36 36" aria-hidden="true" data-hot={seconds > HOT_S || undefined}>
      <circle cx="18" cy="18" r={RADIUS} />
      <circle cx="18" cy="18" r={RADIUS} strokeDasharray={`${filled.toFixed(1)} ${ROUND}`} />
    </svg>
  );
}

function Loading() {
  return (
    <div className="queue-wait" aria-busy="true">
      {[72, 58, 66].map((width) => (
        <div key={width}>
          <Skeleton width={32} height={32} />
          <Skeleton width={`${width}%`} height={18} />
        </div>
      ))}
    </div>
  );
}
