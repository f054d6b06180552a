import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { useNames } from '../../shell/names.ts';
import { useNumbers } from '../../shell/numbers.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { AuditSide } from './AuditSide.tsx';
import { type Sampled, useProgress, useSample } from './audits.ts';
import { ReviewPages } from './ReviewPages.tsx';
import { words } from './words.ts';

const w = words.audits;
type Search = { day?: string | undefined; id?: string | undefined };

const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());

/** A day's sample of decisions, for a second pair of eyes. */
export function Audits() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const day = search.day ?? today();
  const go = (change: Search) => void navigate({ to: '.', search: { ...search, ...change } as never });
  const { rows, loading, reading, onEnd } = useSample(day);
  const progress = useProgress(day).data;
  const numbers = useNumbers(rows);
  const names = useNames(rows.flatMap(({ agent_id, audit }) => [agent_id, audit?.audited_by]));
  const chosen = rows.find(({ call_id }) => call_id === search.id);
  const nameOf = (row: Sampled) => numbers.get(row.hold_id)?.display ?? words.none;
  const columns: Column<Sampled>[] = [
    { key: 'number', title: words.columns.number, width: '150px', cell: (row) => <b>{nameOf(row)}</b> },
    {
      key: 'agent',
      title: words.columns.agent,
      width: 'minmax(110px, 1fr)',
      cell: (row) => names(row.agent_id),
    },
    {
      key: 'decision',
      title: words.columns.decision,
      width: '110px',
      cell: ({ status }) => w.statuses[status],
    },
    {
      key: 'ended',
      title: words.columns.ended,
      width: '90px',
      cell: ({ ended_at }) => (ended_at ? fmt.hour(ended_at) : words.none),
    },
    {
      key: 'finding',
      title: words.columns.finding,
      width: 'minmax(150px, 1fr)',
      cell: ({ audit }) =>
        audit ? (
          <span className={audit.finding === 'DOUBTED' ? 't-late' : undefined}>
            {w.findings[audit.finding]} ({names(audit.audited_by)})
          </span>
        ) : (
          <span className="t-soft">{w.todo}</span>
        ),
    },
  ];
  return (
    <Workspace
      title={words.pages.audits}
      tabs={<ReviewPages />}
      figures={
        progress
          ? [
              { name: w.sampled, value: fmt.count(progress.sampled) },
              { name: w.audited, value: fmt.count(progress.audited) },
              { name: w.doubted, value: fmt.count(progress.doubted), hot: progress.doubted > 0 },
            ]
          : []
      }
      side={
        chosen && (
          <AuditSide
            key={chosen.call_id}
            call={chosen}
            name={nameOf(chosen)}
            agent={names(chosen.agent_id)}
          />
        )
      }
    >
      <div className="filters">
        <label className="day-f">
          {w.day}
          <input
            type="date"
            value={day}
            max={today()}
            onChange={({ target }) => go({ day: target.value || undefined, id: undefined })}
          />
        </label>
        <p className="t-soft">{w.lead}</p>
      </div>
      <ListTable
        reading={reading}
        label={words.pages.audits}
        columns={columns}
        rows={rows}
        keyOf={({ call_id }) => call_id}
        nameOf={(row) => words.row(nameOf(row))}
        selected={search.id}
        onSelect={({ call_id }) => go({ id: call_id })}
        loading={loading}
        onEnd={onEnd}
        empty={<State icon={<ClipboardCheck size={30} aria-hidden="true" />} title={w.empty} />}
      />
    </Workspace>
  );
}
