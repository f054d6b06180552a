import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { Skeleton } from '@chonso/ui';
import { Failure } from '../../shell/Failure.tsx';
import { words as all } from './words.ts';

const words = all.figures;
const TARGET = 0.8;
const DAYS = 7;
const HEIGHT = 200;

type Line = Schemas['videocall.TeamFigures'];

const percent = (share: number | null) => (share === null ? words.none : `${Math.round(share * 100)}%`);
const clock = (seconds: number | null) => (seconds === null ? words.none : fmt.clock(seconds));

/** The last seven days of the call teams of a region, the newest first (SD.1). */
export function DayFigures({ region }: { region: string }) {
  const reading = useLive({
    key: ['call-figures'],
    read: (signal) =>
      send(api.GET('/api/videocall/v1/staff/call-figures', { signal, params: { query: { days: DAYS } } })),
  });
  const lines = reading.data?.items.filter((line) => line.region === region) ?? [];
  const teams = new Set(lines.map(({ team }) => team));
  return (
    <section className="v-card">
      <h2>{words.title}</h2>
      {reading.data && <p>{words.lead(reading.data.answered_within_seconds)}</p>}
      {reading.isPending && <Skeleton height={HEIGHT} />}
      {reading.error && !reading.data && (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      )}
      {reading.data && !lines.length && <p>{words.empty}</p>}
      {lines.length > 0 && (
        <div className="v-scroll">
          <table className="v-days">
            <thead>
              <tr>
                {words.columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Row key={`${line.day} ${line.team}`} line={line} named={teams.size > 1} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ line, named }: { line: Line; named: boolean }) {
  const { service_level: level } = line;
  const day = fmt.date(line.day);
  return (
    <tr>
      <th scope="row">{named ? `${day}, ${words.team(line.team)}` : day}</th>
      <td>{fmt.count(line.queued)}</td>
      <td data-low={(level !== null && level < TARGET) || undefined}>{percent(level)}</td>
      <td>{clock(line.mean_wait_seconds)}</td>
      <td>{percent(line.abandonment)}</td>
      <td>{clock(line.mean_handling_seconds)}</td>
      <td>{percent(line.occupancy)}</td>
    </tr>
  );
}
