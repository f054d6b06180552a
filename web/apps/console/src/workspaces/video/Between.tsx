import { fmt } from '@chonso/i18n';
import { Button, Skeleton, State } from '@chonso/ui';
import { Coffee, Headset, PhoneMissed, PowerOff } from 'lucide-react';
import type { ReactNode } from 'react';
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

/** The stage between calls: available, on a break, after a missed call, or off duty. */
export function Between({ shift, waiting, loading, busy, onReady }: Props) {
  const now = useNow();
  if (loading || !shift)
    return (
      <div className="frame" aria-busy="true">
        <Skeleton height={400} />
      </div>
    );
  const away = (icon: ReactNode, title: string, back: string, text: ReactNode) => (
    <State
      icon={icon}
      title={title}
      action={
        <Button kind="primary" busy={busy} onClick={onReady}>
          {back}
        </Button>
      }
    >
      {text}
    </State>
  );
  if (shift.state === 'OFFLINE')
    return away(
      <PowerOff size={34} aria-hidden="true" />,
      words.offline,
      words.state.available,
      words.offlineText,
    );
  if (shift.state === 'BREAK' && shift.reason_code === 'MISSED')
    return away(
      <PhoneMissed size={34} aria-hidden="true" />,
      words.missed,
      words.endBreak,
      `${words.missedText} ${words.missedSince(fmt.clock(secondsSince(shift.since, now)))}`,
    );
  if (shift.state === 'BREAK')
    return away(
      <Coffee size={34} aria-hidden="true" />,
      words.onBreak,
      words.endBreak,
      <>
        {shift.reason_code && words.breaks[shift.reason_code as keyof typeof words.breaks]},{' '}
        {fmt.clock(secondsSince(shift.since, now))}. {words.onBreakText}
      </>,
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
