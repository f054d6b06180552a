import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScanFace } from 'lucide-react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { useKeys } from '../../shell/keys.ts';
import { useNames } from '../../shell/names.ts';
import { useNumbers } from '../../shell/numbers.ts';
import { useMe } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { CaseSide } from './CaseSide.tsx';
import { type Claim, type Counts, type Item, type Point, type Search, useCases, useCounts } from './cases.ts';
import { ReviewPages } from './ReviewPages.tsx';
import { words } from './words.ts';

const CLAIMS = [undefined, 'FREE', 'OWN', 'OTHERS'] as const;

const countOf = (counts: Counts, claim: Claim | undefined): number =>
  claim ? { FREE: counts.free, OWN: counts.own, OTHERS: counts.others }[claim] : counts.review;

/** The checks that no machine could decide, each by its open points (G27). */
export function Cases() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const me = useMe();
  const counts = useCounts().data;
  const { rows, loading, reading, onEnd } = useCases('REVIEW', search);
  const numbers = useNumbers(rows);
  const names = useNames(rows.map(({ claimed_by }) => claimed_by));
  const chosen = rows.find(({ hold_id }) => hold_id === search.id);
  const go = (change: Search) => void navigate({ to: '.', search: { ...search, ...change } as never });
  const step = (by: number) => {
    const at = rows.findIndex(({ hold_id }) => hold_id === search.id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) go({ id: next.hold_id });
  };
  useKeys(words.title, [
    { key: 'j', name: words.columns.number, run: () => step(1) },
    { key: 'k', name: words.columns.number, run: () => step(-1) },
    { key: 'Escape', name: words.none, enabled: !!search.id, run: () => go({ id: undefined }) },
  ]);
  const nameOf = (row: Item) => numbers.get(row.hold_id)?.display ?? words.attemptNo(row.attempt);
  const holder = (row: Item) =>
    row.claimed_by === me.subject_id ? words.you : names(row.claimed_by) || words.none;
  const columns: Column<Item>[] = [
    { key: 'number', title: words.columns.number, width: '150px', cell: (row) => <b>{nameOf(row)}</b> },
    {
      key: 'reasons',
      title: words.columns.reasons,
      width: 'minmax(200px, 2fr)',
      cell: ({ reasons }) => reasons.map(({ text_vi }) => text_vi).join(' '),
    },
    {
      key: 'open',
      title: words.columns.open,
      width: 'minmax(160px, 1fr)',
      cell: ({ open_points }) => open_points.map((point) => words.points[point]).join(', ') || words.none,
    },
    { key: 'since', title: words.columns.since, width: '90px', cell: (row) => elapsed(row.waits_since) },
    { key: 'claimed', title: words.columns.claimed, width: '110px', cell: holder },
  ];
  return (
    <Workspace
      title={words.title}
      count={counts?.free ?? 0}
      tabs={<ReviewPages />}
      figures={counts ? [{ name: words.filters.OWN, value: fmt.count(counts.own) }] : []}
      side={
        search.id && (
          <CaseSide
            key={search.id}
            holdId={search.id}
            item={chosen}
            held={numbers.get(search.id)}
            onClose={() => go({ id: undefined })}
          />
        )
      }
    >
      <div className="filters">
        {CLAIMS.map((claim) => (
          <button
            key={claim ?? 'ALL'}
            type="button"
            className="chip"
            aria-pressed={search.claim === claim}
            onClick={() => go({ claim, id: undefined })}
          >
            {words.filters[claim ?? 'ALL']} {counts && <b>{fmt.count(countOf(counts, claim))}</b>}
          </button>
        ))}
        <select
          aria-label={words.point}
          className={search.point ? 'is-set' : undefined}
          value={search.point ?? ''}
          onChange={({ target }) =>
            go({ point: (target.value || undefined) as Point | undefined, id: undefined })
          }
        >
          <option value="">{words.point}</option>
          {Object.entries(counts?.points ?? {}).map(([point, count]) => (
            <option key={point} value={point}>
              {words.points[point]} ({fmt.count(count as number)})
            </option>
          ))}
        </select>
      </div>
      <ListTable
        reading={reading}
        label={words.pages.cases}
        columns={columns}
        rows={rows}
        keyOf={({ hold_id }) => hold_id}
        nameOf={(row) => words.row(nameOf(row))}
        selected={search.id}
        onSelect={({ hold_id }) => go({ id: hold_id })}
        loading={loading}
        onEnd={onEnd}
        empty={
          <State
            icon={<ScanFace size={30} aria-hidden="true" />}
            title={search.claim || search.point ? words.emptyFilter : words.emptyCases}
          >
            {!search.claim && !search.point && words.emptyCasesText}
          </State>
        }
      />
    </Workspace>
  );
}
