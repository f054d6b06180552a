import { fmt } from '@chonso/i18n';
import { Skeleton } from '@chonso/ui';
import { useState } from 'react';
import { Failure, Stale } from '../../../shell/Failure.tsx';
import { DayDialog } from './DayDialog.tsx';
import { type Day, useDaysAhead } from './hours.ts';
import { shortText } from './spans.ts';
import { words } from './words.ts';

const HEIGHT = 420;
/** `2026-11-30`, in the time of Hồ Chí Minh City. */
const dayOf = (moment: Date) => fmt.date(moment).split('/').reverse().join('-');

/** Eight weeks of a team, each day with its hours; a day is chosen to set hours of its own. */
export function WeeksAhead({ team, mayChange }: { team: string; mayChange: boolean }) {
  const reading = useDaysAhead(team);
  const [chosen, setChosen] = useState<Day>();
  const today = dayOf(new Date());
  if (reading.error && !reading.data)
    return <Failure error={reading.error} retry={() => void reading.refetch()} />;
  if (!reading.data) return <Skeleton height={HEIGHT} />;
  return (
    <>
      <Stale reading={reading} />
      <div className="h-days">
        {words.short.map((name) => (
          <span key={name} className="h-name" aria-hidden="true">
            {name}
          </span>
        ))}
        {reading.data.items.map((day) => (
          <DayCell
            key={day.day}
            day={day}
            today={today}
            onChoose={mayChange && day.day >= today ? () => setChosen(day) : undefined}
          />
        ))}
      </div>
      {chosen && <DayDialog team={team} day={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

type CellProps = { day: Day; today: string; onChoose: (() => void) | undefined };

function DayCell({ day, today, onChoose }: CellProps) {
  const hours = shortText(day.spans);
  const why = day.name || words.kinds[day.kind];
  const [, month, date] = day.day.split('-').map(Number);
  return (
    <button
      type="button"
      className="h-day"
      data-kind={day.kind}
      data-off={!day.spans.length || undefined}
      data-past={day.day < today || undefined}
      aria-current={day.day === today ? 'date' : undefined}
      title={why || undefined}
      disabled={!onChoose}
      onClick={onChoose}
    >
      <b>{date === 1 || day.day === today ? `${date}/${month}` : date}</b>
      <span>{hours || words.off}</span>
      {why && <small>{why}</small>}
      <span className="sr">{fmt.date(day.day)}</span>
    </button>
  );
}
