import './oversight.css';
import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { Radar } from 'lucide-react';
import { useMemo } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { type Figure, Workspace } from '../../shell/Workspace.tsx';
import { linesOf, type RegionLine, serviceLevel, useBoard, useStages } from './board.ts';
import { OneRegion } from './OneRegion.tsx';
import { OversightPages } from './OversightPages.tsx';
import { useOversightSearch } from './parts.tsx';
import { RegionDetail } from './RegionDetail.tsx';
import { words as all } from './words.ts';

const words = all.board;
const TARGET = 80;
const LONG_WAIT_SECONDS = 120;
const FIGURE = { width: 'minmax(84px, 1fr)', align: 'end' } as const;

const number = (value: number, hot = false) => (
  <span className={value ? (hot ? 't-late' : 't-strong') : 'v-zero'}>{fmt.count(value)}</span>
);

const agentsOf = ({ agents }: RegionLine) => ({
  ready: agents.AVAILABLE ?? 0,
  busy: (agents.RESERVED ?? 0) + (agents.BUSY ?? 0),
  away: (agents.WRAP_UP ?? 0) + (agents.BREAK ?? 0),
});

function Agents({ line }: { line: RegionLine }) {
  const { ready, busy, away } = agentsOf(line);
  const text = words.agentsText(ready, busy, away);
  if (!ready && !busy && !away)
    return (
      <span className="v-zero" title={text}>
        0
      </span>
    );
  return (
    <span className="v-agents" title={text} role="img" aria-label={text}>
      <span data-is="ready">{ready}</span>
      <span data-is="busy">{busy}</span>
      <span>{away}</span>
    </span>
  );
}

/** The share of calls answered in time, with a bar; below four of five it warns. */
export function Level({ lines }: { lines: readonly RegionLine[] }) {
  const level = serviceLevel(lines);
  if (level === undefined) return <span className="v-zero">{words.noCalls}</span>;
  return (
    <span
      className="v-meter"
      data-low={level < TARGET || undefined}
      style={{ ['--share' as string]: `${level}%` }}
    >
      <b className="t-strong">{level}%</b>
      <i />
    </span>
  );
}

const COLUMNS: readonly Column<RegionLine>[] = [
  { key: 'region', title: all.region, width: '72px', cell: ({ region }) => <b>{region}</b> },
  {
    key: 'level',
    title: words.inTime,
    width: 'minmax(120px, 1.4fr)',
    cell: (line) => <Level lines={[line]} />,
  },
  { key: 'agents', title: words.agents, ...FIGURE, cell: (line) => <Agents line={line} /> },
  { key: 'waiting', title: words.waiting, ...FIGURE, cell: ({ waiting }) => number(waiting) },
  {
    key: 'longest',
    title: words.longest,
    ...FIGURE,
    cell: ({ longest_wait_seconds: wait }) =>
      wait ? (
        <span className={wait > LONG_WAIT_SECONDS ? 't-late' : undefined}>{fmt.clock(wait)}</span>
      ) : (
        <span className="v-zero">–</span>
      ),
  },
  { key: 'orders', title: words.orders, ...FIGURE, cell: ({ orders }) => number(orders) },
  { key: 'connections', title: words.connections, ...FIGURE, cell: ({ connections }) => number(connections) },
  { key: 'stuck', title: words.stuck, ...FIGURE, cell: ({ stuck }) => number(stuck, true) },
];

function figuresOf(lines: readonly RegionLine[]): Figure[] {
  const total = (of: (line: RegionLine) => number) => lines.reduce((sum, line) => sum + of(line), 0);
  const longest = Math.max(0, ...lines.map((line) => line.longest_wait_seconds));
  const level = serviceLevel(lines);
  const stuck = total((line) => line.stuck);
  return [
    { name: words.waiting, value: fmt.count(total((line) => line.waiting)) },
    { name: words.longest, value: fmt.clock(longest), hot: longest > LONG_WAIT_SECONDS },
    { name: words.ready, value: fmt.count(total((line) => agentsOf(line).ready)) },
    ...(level === undefined ? [] : [{ name: words.inTime, value: `${level}%`, hot: level < TARGET }]),
    { name: all.stuck.label, value: fmt.count(stuck), hot: stuck > 0 },
  ];
}

/** The live board: every region's queue, agents, service level and journeys; a region opens beside it. */
export function Oversight() {
  const [search, go] = useOversightSearch();
  const board = useBoard();
  const stages = useStages();
  const lines = useMemo(
    () => linesOf(board.data?.items ?? [], stages.data?.items ?? []),
    [board.data, stages.data],
  );
  const [first, ...others] = lines;
  const only = others.length ? undefined : first;
  const chosen = lines.find(({ region }) => region === search.id);
  const error = board.error ?? stages.error;
  const opens = board.data?.opens_at;
  return (
    <Workspace
      title={all.title}
      figures={lines.length ? figuresOf(lines) : []}
      {...(opens && { switches: <span className="t-soft">{words.closed(fmt.time(opens))}</span> })}
      tabs={<OversightPages />}
      side={chosen && !only && <RegionDetail line={chosen} onClose={() => go({ id: undefined })} />}
    >
      <Stale reading={board.isError ? board : stages} />
      {error && !lines.length ? (
        <Failure error={error} retry={() => void Promise.all([board.refetch(), stages.refetch()])} />
      ) : only ? (
        <OneRegion line={only} />
      ) : (
        <DataTable
          label={words.label}
          columns={COLUMNS}
          rows={lines}
          keyOf={({ region }) => region}
          nameOf={({ region }) => `${all.region} ${region}`}
          selected={search.id}
          onSelect={({ region }) => go({ id: region })}
          loading={board.isPending}
          empty={<State icon={<Radar size={30} aria-hidden="true" />} title={words.empty} />}
        />
      )}
    </Workspace>
  );
}
