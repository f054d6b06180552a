import './problems.ts';
import './connection.css';
import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Link2 } from 'lucide-react';
import { ListTable } from '../../lists/ListTable.tsx';
import { Tabs } from '../../lists/Tabs.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { useKeys } from '../../shell/keys.ts';
import { useNames } from '../../shell/names.ts';
import { useMe } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { columnsFor } from './columns.tsx';
import {
  type Counts,
  type ListSearch,
  TABS,
  type Tab,
  useChange,
  useCounts,
  useDossiers,
} from './dossiers.ts';
import { Filters } from './Filters.tsx';
import { Incidents } from './Incidents.tsx';
import { Summary } from './Summary.tsx';
import { words } from './words.ts';

const ALL_TABS = [...TABS, 'INCIDENTS'] as const;

function countOf(counts: Counts | undefined, tab: Tab | 'INCIDENTS'): number | undefined {
  if (!counts) return undefined;
  if (tab === 'OWN') return counts.claimed_by_me;
  if (tab === 'INCIDENTS') return counts.incidents;
  return counts.stages.filter(({ stage }) => stage === tab).reduce((sum, { waiting }) => sum + waiting, 0);
}

/** The connection team's lists: what waits, what is one's own, what mSale refused, and incidents (P4.1, P6.1). */
export function Connection() {
  const search = useSearch({ strict: false }) as ListSearch;
  const tab = search.tab ?? 'QUEUED';
  const counts = useCounts().data;
  const waiting = counts?.stages.filter(({ stage }) => stage === 'QUEUED') ?? [];
  const oldest = waiting
    .map((one) => one.oldest ?? '')
    .filter(Boolean)
    .sort()[0];
  const tabs = (
    <Tabs
      label={words.lists}
      tabs={ALL_TABS.map((name) => ({
        name: words.tabs[name],
        search: { tab: name, region: search.region, sim: search.sim },
        current: name === tab,
        count: countOf(counts, name),
      }))}
    />
  );
  const frame = {
    title: words.title,
    count: countOf(counts, 'QUEUED') ?? 0,
    figures: [
      { name: words.unclaimed, value: fmt.count(waiting.reduce((sum, one) => sum + one.unclaimed, 0)) },
      { name: words.onMyDesk, value: fmt.count(counts?.claimed_by_me ?? 0) },
      { name: words.longest, value: oldest ? elapsed(oldest) : '—' },
    ],
    tabs,
  };
  return tab === 'INCIDENTS' ? <Incidents frame={frame} /> : <List frame={frame} tab={tab} search={search} />;
}

type Frame = Omit<Parameters<typeof Workspace>[0], 'children' | 'side'>;
type ListProps = { frame: Frame; tab: Tab; search: ListSearch };

function List({ frame, tab, search }: ListProps) {
  const navigate = useNavigate();
  const me = useMe();
  const { rows, loading, reading, onEnd } = useDossiers(tab, search);
  const names = useNames(rows.map(({ claimed_by }) => claimed_by));
  const chosen = rows.find(({ hold_id }) => hold_id === search.id);
  const go = (change: Partial<ListSearch>) =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: 'id' in change });
  const open = (holdId: string) =>
    void navigate({ to: '/connection/$holdId' as never, params: { holdId } as never });
  const claim = useChange(({ holdId, verb }) => verb !== 'release' && open(holdId));
  const step = (by: number) => {
    const at = rows.findIndex(({ hold_id }) => hold_id === search.id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) go({ id: next.hold_id });
  };
  const first = rows.find(({ claimed_by }) => !claimed_by);
  useKeys(words.title, [
    { key: 'j', name: words.keys.next, run: () => step(1) },
    { key: 'k', name: words.keys.before, run: () => step(-1) },
    {
      key: 'n',
      name: words.keys.take,
      enabled: tab === 'QUEUED' && !!first && !claim.isPending,
      run: () => first && claim.mutate({ holdId: first.hold_id, verb: 'claim' }),
    },
    { key: 'Escape', name: words.keys.close, enabled: !!search.id, run: () => go({ id: undefined }) },
  ]);
  return (
    <Workspace
      {...frame}
      side={
        search.id && (
          <Summary
            key={search.id}
            holdId={search.id}
            row={chosen}
            claim={claim}
            onOpen={open}
            onClose={() => go({ id: undefined })}
          />
        )
      }
    >
      <Filters search={search} onFilter={(change) => go({ ...change, id: undefined })} />
      <ListTable
        reading={reading}
        label={words.tabs[tab]}
        columns={columnsFor(tab, me.subject_id, names)}
        rows={rows}
        keyOf={({ hold_id }) => hold_id}
        nameOf={({ msisdn }) => words.row(fmt.phone(msisdn ?? ''))}
        selected={search.id}
        onSelect={({ hold_id }) => go({ id: hold_id })}
        loading={loading}
        onEnd={onEnd}
        empty={
          <State icon={<Link2 size={30} aria-hidden="true" />} title={words.empty[tab]}>
            {words.emptyText[tab]}
          </State>
        }
      />
    </Workspace>
  );
}
