import { fmt } from '@chonso/i18n';
import { Button, Skeleton, State } from '@chonso/ui';
import { Coffee, Headset } from 'lucide-react';
import type { Shift } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { words } from './words.ts';

type Props = {
  shift: Shift | undefined;
  waiting: number;
  loading: boolean;
  busy: boolean;
  onReady: () => void;
};

/** The stage between calls: ready, or on a break. */
export function Between({ shift, waiting, loading, busy, onReady }: Props) {
  const now = useNow();
  if (loading)
    return (
      <div className="frame" aria-busy="true">
        <Skeleton height={400} />
      </div>
    );
  if (shift?.readiness === 'BREAK')
    return (
      <State
        icon={<Coffee size={34} aria-hidden="true" />}
        title={words.onBreak}
        action={
          <Button kind="quiet" busy={busy} onClick={onReady}>
            {words.endBreak}
          </Button>
        }
      >
        {shift.reason_code && words.breaks[shift.reason_code]}
        {shift.since && `, ${fmt.clock(secondsSince(shift.since, now))}`}. {words.onBreakText}
      </State>
    );
  return (
    <State
      icon={<Headset size={34} aria-hidden="true" />}
      title={waiting ? words.stage.idleWaiting(waiting) : words.stage.idle}
    >
      {words.stage.idleText}
    </State>
  );
}
