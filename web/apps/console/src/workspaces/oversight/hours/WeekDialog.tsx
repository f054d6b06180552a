import { Button, Field, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { type Calendar, EVERY_TEAM, useSetHours } from './hours.ts';
import { type Span, spansOf, textOf } from './spans.ts';
import { words } from './words.ts';

/** The hours of the seven days of a week, a line each. */
export function WeekDialog({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const team = calendar.team ?? EVERY_TEAM;
  const [days, setDays] = useState(() => calendar.week.map(textOf));
  const [tried, setTried] = useState(false);
  const setting = useSetHours(team);
  const spans = days.map(spansOf);
  const save = (week: Span[][] | null) =>
    setting.mutate(
      { act: 'week', week },
      {
        onSuccess: () => {
          toast(words.saved);
          onClose();
        },
      },
    );
  return (
    <Dialog title={words.changeWeek} onClose={onClose}>
      <form
        className="dlg-form h-week"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const week = spans.filter((day) => day !== undefined);
          if (week.length === days.length) save(week);
        }}
      >
        <p className="lead">{words.hoursHint}</p>
        {words.weekdays.map((name, day) => (
          <Field
            key={name}
            label={name}
            value={days[day] ?? ''}
            placeholder={words.off}
            error={tried && !spans[day] ? words.wrong : undefined}
            onChange={(event) =>
              setDays(days.map((text, other) => (other === day ? event.target.value : text)))
            }
          />
        ))}
        <Refused error={setting.error} />
        <footer>
          {calendar.own && calendar.team && (
            <Button kind="text" onClick={() => save(null)}>
              {words.followAll}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={setting.isPending}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
