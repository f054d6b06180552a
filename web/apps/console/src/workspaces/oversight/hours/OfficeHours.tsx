import '../oversight.css';
import './hours.css';
import { fmt } from '@chonso/i18n';
import { Button, Note, Skeleton } from '@chonso/ui';
import { Info } from 'lucide-react';
import { useState } from 'react';
import { Choice } from '../../../lists/Choice.tsx';
import { Failure, Stale } from '../../../shell/Failure.tsx';
import { useNames } from '../../../shell/names.ts';
import { Workspace } from '../../../shell/Workspace.tsx';
import { OversightPages } from '../OversightPages.tsx';
import { useOversightSearch } from '../parts.tsx';
import { words as oversight } from '../words.ts';
import { type Calendar, EVERY_TEAM, useEdits, useMayChange, useOfficeHours } from './hours.ts';
import { textOf } from './spans.ts';
import { WeekDialog } from './WeekDialog.tsx';
import { WeeksAhead } from './WeeksAhead.tsx';
import { words } from './words.ts';

const HEIGHT = 260;
const MINUTE = 60;
const keyOf = ({ team }: Calendar) => team ?? EVERY_TEAM;
const nameOf = ({ team, region }: Calendar) => (team ? words.team(team, region ?? '') : words.everyTeam);

/** When the call teams answer: the week, the days ahead, and who has changed what (SD.1, G33). */
export function OfficeHours() {
  const reading = useOfficeHours();
  const [search, go] = useOversightSearch();
  const calendars = reading.data?.items ?? [];
  const own = calendars.find((each) => keyOf(each) === search.id);
  const calendar = own ?? calendars.find(({ team }) => team) ?? calendars[0];
  const team = calendar ? keyOf(calendar) : EVERY_TEAM;
  const mayChange = useMayChange(team);
  return (
    <Workspace title={oversight.title} tabs={<OversightPages />}>
      {reading.error && !calendar ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <div className="v-page">
          <Stale reading={reading} />
          {reading.data?.always_open && (
            <Note kind="warn" icon={<Info size={18} aria-hidden="true" />}>
              {words.always}
            </Note>
          )}
          <div className="h-head filters">
            <Choice
              label={words.chooseTeam}
              options={calendars.map((each) => [keyOf(each), nameOf(each)] as const)}
              value={team}
              onChange={(id) => go({ id })}
            />
            {calendar && <Standing calendar={calendar} />}
          </div>
          <div className="h-cols">
            <section className="v-card">
              <h2>{words.week}</h2>
              {calendar ? (
                <Week
                  key={team}
                  calendar={calendar}
                  mayChange={mayChange}
                  lastCall={reading.data?.last_call_seconds ?? 0}
                />
              ) : (
                <Skeleton height={HEIGHT} />
              )}
            </section>
            <section className="v-card">
              <h2>{words.ahead}</h2>
              {mayChange && <p>{words.aheadHint}</p>}
              {calendar ? (
                <WeeksAhead key={team} team={team} mayChange={mayChange} />
              ) : (
                <Skeleton height={HEIGHT} />
              )}
            </section>
          </div>
          <Changes />
        </div>
      )}
    </Workspace>
  );
}

function Standing({ calendar: { open, opens_at } }: { calendar: Calendar }) {
  return (
    <span className="h-now" data-open={open || undefined}>
      {open ? words.open : words.closed(opens_at ? fmt.time(opens_at) : '')}
    </span>
  );
}

type WeekProps = { calendar: Calendar; mayChange: boolean; lastCall: number };

function Week({ calendar, mayChange, lastCall }: WeekProps) {
  const [changing, setChanging] = useState(false);
  const names = useNames([calendar.changed_by]);
  return (
    <>
      <p>{calendar.own || !calendar.team ? words.ownWeek : words.sharedWeek}</p>
      <dl className="v-rows">
        {words.weekdays.map((name, day) => (
          <div key={name}>
            <dt>{name}</dt>
            {calendar.week[day]?.length ? (
              <dd>{textOf(calendar.week[day])}</dd>
            ) : (
              <dd className="is-off">{words.off}</dd>
            )}
          </div>
        ))}
      </dl>
      <p>{words.lastCall(Math.round(lastCall / MINUTE))}</p>
      {calendar.changed_at && (
        <p>{words.changedBy(names(calendar.changed_by), fmt.time(calendar.changed_at))}</p>
      )}
      {mayChange && (
        <Button kind="primary" onClick={() => setChanging(true)}>
          {words.changeWeek}
        </Button>
      )}
      {changing && <WeekDialog calendar={calendar} onClose={() => setChanging(false)} />}
    </>
  );
}

const WHAT = ['HOURS', 'EXCEPTION_DAY'] as const;

/** Who has changed the calendars, and when. */
function Changes() {
  const reading = useEdits(WHAT);
  const items = reading.data?.items ?? [];
  const names = useNames(items.map(({ staff_id }) => staff_id));
  return (
    <section className="v-card">
      <h2>{words.changes}</h2>
      {reading.isPending && <Skeleton height={80} />}
      {reading.error && <Failure error={reading.error} retry={() => void reading.refetch()} />}
      {reading.data && !items.length && <p>{words.noChanges}</p>}
      <dl className="v-rows h-changes">
        {items.map(({ id, at, staff_id, what, subject, after }) => (
          <div key={id}>
            <dt>{fmt.time(at)}</dt>
            <dd>
              {`${words.what[what] ?? what} ${subject.replace('*', words.everyTeam)}`}
              <span className="t-soft">{`${after === null ? words.removed : words.weekSet}, ${names(staff_id)}`}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
