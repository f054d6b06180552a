import './oversight.css';
import type { Schemas } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Note, Skeleton } from '@chonso/ui';
import { Info } from 'lucide-react';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { useOfficeHours } from './board.ts';
import { OversightPages } from './OversightPages.tsx';
import { words as all } from './words.ts';

type Calendar = Schemas['videocall.TeamCalendar'];

const words = all.hours;
const spansOf = ({ spans }: Calendar) => spans.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');
const weekdayOf = (day: string) => words.weekdays[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7];

/** When the call teams answer, and the days on which they do not (SD.1). */
export function OfficeHours() {
  const reading = useOfficeHours();
  const calendar = reading.data;
  return (
    <Workspace title={all.title} tabs={<OversightPages />}>
      <Stale reading={reading} />
      {reading.error && !calendar ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <div className="v-page">
          {calendar?.always_open && (
            <Note kind="warn" icon={<Info size={18} aria-hidden="true" />}>
              {words.always}
            </Note>
          )}
          <div className="v-cols">
            <section className="v-card">
              <h2>{words.calendars}</h2>
              {!calendar && <Skeleton height={220} />}
              {calendar?.calendars.map((each) => (
                <Week key={each.team ?? ''} calendar={each} />
              ))}
              {calendar && <p>{words.lastCall(Math.round(calendar.last_call_seconds / 60))}</p>}
              <p>{words.fixed}</p>
            </section>
            <section className="v-card">
              <h2>{words.daysOff}</h2>
              {!calendar && <Skeleton height={220} />}
              <dl className="v-rows">
                {calendar?.days_off.map(({ day, name }) => (
                  <div key={day}>
                    <dt>{fmt.date(day)}</dt>
                    <dd>
                      {name ?? words.ownDay} <span className="t-soft">{weekdayOf(day)}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </div>
      )}
    </Workspace>
  );
}

function Week({ calendar }: { calendar: Calendar }) {
  return (
    <div>
      <h3 className="v-h">{calendar.team ? words.team(calendar.team) : words.everyTeam}</h3>
      <dl className="v-rows">
        {words.weekdays.map((name, day) => (
          <div key={name}>
            <dt>{name}</dt>
            {calendar.days.includes(day) ? (
              <dd>{spansOf(calendar)}</dd>
            ) : (
              <dd className="is-off">{words.closed}</dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}
