import { fmt } from '@chonso/i18n';
import { Skeleton } from '@chonso/ui';
import { RotateCcw } from 'lucide-react';
import { Failure } from '../../shell/Failure.tsx';
import { type Attempt, useDeliveries } from './webhooks.ts';
import { words } from './words.ts';

type Props = { partnerId: string; webhookId: string; onReplay: (first: number) => void };

/** The last deliveries that were tried, newest first; each offers to push again from there. */
export function DeliveryLog({ partnerId, webhookId, onReplay }: Props) {
  const reading = useDeliveries(partnerId, webhookId);
  const attempts = reading.data?.items ?? [];
  return (
    <section aria-label={words.log} className="log">
      <h3>{words.log}</h3>
      {reading.isPending && <Skeleton height={90} />}
      {reading.isError && !reading.data && <Failure error={reading.error} />}
      {reading.data && !attempts.length && <p className="t-soft">{words.noLog}</p>}
      <ol>
        {attempts.map((attempt, i) => (
          <li key={`${attempt.at}-${attempt.sequence}-${i}`}>
            <b>#{attempt.sequence}</b>
            <span>{fmt.day(attempt.at)}</span>
            <Answer attempt={attempt} />
            <span className="t-soft">{words.ms(attempt.took_ms)}</span>
            <button
              type="button"
              className="round"
              title={words.replayFrom}
              aria-label={`${words.replayFrom}: ${attempt.sequence}`}
              onClick={() => onReplay(attempt.sequence)}
            >
              <RotateCcw size={15} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Answer({ attempt: { status, error } }: { attempt: Attempt }) {
  const isTaken = status !== null && status >= 200 && status < 300;
  return (
    <em className={isTaken ? 'code is-good' : 'code is-bad'} title={error ?? undefined}>
      {status ?? words.errors[error ?? ''] ?? error}
    </em>
  );
}
