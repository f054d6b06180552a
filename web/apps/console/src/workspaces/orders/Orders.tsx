import './problems.ts';
import './orders.css';
import { Button, State, toast } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PackageCheck, SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { DataTable } from '../../lists/DataTable.tsx';
import { Tabs } from '../../lists/Tabs.tsx';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { problemText } from '../../shell/problems.ts';
import { useHasRole } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { Bulk } from './Bulk.tsx';
import { columnsOf, FOUND } from './columns.tsx';
import { Detail } from './Detail.tsx';
import { Filters } from './Filters.tsx';
import { Others } from './Others.tsx';
import { type ListSearch, TABS, type Tab } from './search.ts';
import { downloadList, type Shipment, useCounts, useFound, useList } from './shipments.ts';
import { words } from './words.ts';

const nameOf = ({ hold_code, display }: Shipment) => words.row(hold_code ?? '', display ?? '');

/** The orders of OSP's staff: five tabs, search and filters, and the chosen order beside them (F4.4). */
export function Orders() {
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const tab = search.tab ?? 'PENDING';
  const [text, setText] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const finder = useRef<HTMLInputElement>(null);
  const mayWork = useHasRole('osp_staff', 'admin');
  const counts = useCounts(search);
  const list = useList(tab, search, !text);
  const found = useFound(text);
  const rows = text ? (found.data?.items ?? []) : list.rows;
  const go = (change: Partial<ListSearch>) =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: 'id' in change });
  const choose = (id: string | undefined) => go({ id });
  const step = (by: number) => {
    const at = rows.findIndex(({ shipment_id }) => shipment_id === search.id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) choose(next.shipment_id);
  };
  useKeys(words.title, [
    { key: '/', name: words.keys.find, run: () => finder.current?.focus() },
    { key: 'j', name: words.keys.next, run: () => step(1) },
    { key: 'k', name: words.keys.before, run: () => step(-1) },
    { key: 'Escape', name: words.keys.close, enabled: !!search.id, run: () => choose(undefined) },
  ]);
  const find = (typed: string) => {
    setText(typed);
    setTicked(new Set());
    if (!typed) choose(undefined);
  };
  const late = counts.data?.tabs.reduce((sum, one) => sum + one.overdue, 0) ?? 0;
  const count = (name: Tab) => counts.data?.tabs.find((one) => one.tab === name)?.count;
  const showsTicks = mayWork && !text && (tab === 'PENDING' || tab === 'AWAITING_COLLECTION');
  return (
    <Workspace
      title={words.title}
      count={count('PENDING') ?? 0}
      figures={[{ name: words.late, value: late, hot: late > 0 }]}
      switches={<Others />}
      tabs={
        <Tabs
          label={words.lists}
          tabs={TABS.map((name) => ({
            name: words.tabs[name],
            search: { ...search, tab: name, status: undefined, id: undefined },
            current: !text && name === tab,
            count: count(name),
          }))}
        />
      }
      side={
        search.id && (
          <Detail key={search.id} id={search.id} mayWork={mayWork} onClose={() => choose(undefined)} />
        )
      }
    >
      <Filters
        tab={tab}
        search={search}
        text={text}
        finder={finder}
        counts={counts.data}
        onFind={find}
        onFilter={(change) => {
          setTicked(new Set());
          go({ ...change, id: undefined });
        }}
        onExport={() =>
          downloadList(tab, search).then(
            () => toast(words.exported),
            (error: unknown) => toast(problemText(error)),
          )
        }
      />
      {showsTicks && ticked.size > 0 && <Bulk tab={tab} rows={rows} ticked={ticked} onDone={setTicked} />}
      <Stale reading={text ? found : list.reading} />
      {text && found.data && found.data.items.length > 0 && (
        <p className="o-found" role="status">
          {words.foundTitle(text)}
        </p>
      )}
      <Rows
        error={text ? found.error : list.reading.error}
        retry={() => void (text ? found.refetch() : list.reading.refetch())}
        hasRows={rows.length > 0}
      >
        <DataTable
          label={text ? words.foundTitle(text) : words.tabs[tab]}
          columns={text ? FOUND : columnsOf(tab, !!search.id)}
          rows={rows}
          keyOf={(row) => row.shipment_id}
          nameOf={nameOf}
          selected={search.id}
          onSelect={(row) => choose(row.shipment_id)}
          {...(showsTicks && { ticked, onTick: setTicked })}
          loading={text ? found.isLoading : list.loading}
          onEnd={text ? undefined : list.onEnd}
          total={text ? rows.length : (count(tab) ?? rows.length)}
          empty={<Empty tab={tab} search={search} text={text} onClear={() => clear(text, find, go)} />}
        />
      </Rows>
    </Workspace>
  );
}

function clear(text: string, find: (text: string) => void, go: (change: Partial<ListSearch>) => void): void {
  if (text) find('');
  else
    go({
      status: undefined,
      region: undefined,
      delivery: undefined,
      payment: undefined,
      overdue: undefined,
    });
}

type RowsProps = { error: unknown; retry: () => void; hasRows: boolean; children: React.ReactNode };

/** What was read stays when it cannot be read anew; with nothing read the failure takes its place. */
function Rows({ error, retry, hasRows, children }: RowsProps) {
  return error && !hasRows ? <Failure error={error} retry={retry} /> : children;
}

type EmptyProps = { tab: Tab; search: ListSearch; text: string; onClear: () => void };

function Empty({ tab, search, text, onClear }: EmptyProps) {
  const { status, region, delivery, payment, overdue } = search;
  const isFiltered = [status, region, delivery, payment, overdue].some((one) => one !== undefined);
  if (!text && !isFiltered)
    return (
      <State icon={<PackageCheck size={30} aria-hidden="true" />} title={words.empty[tab]}>
        {words.emptyText}
      </State>
    );
  return (
    <State
      icon={<SearchX size={30} aria-hidden="true" />}
      title={text ? words.nothingFound : words.emptyFiltered}
      action={
        <Button kind="quiet" onClick={onClear}>
          {text ? words.endFind : words.clear}
        </Button>
      }
    >
      {text && words.nothingFoundText}
    </State>
  );
}
