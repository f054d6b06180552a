import '../people.css';
import { fmt } from '@chonso/i18n';
import { Button, Msisdn, State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Hash, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Column } from '../../../lists/DataTable.tsx';
import { ListTable } from '../../../lists/ListTable.tsx';
import { Tabs } from '../../../lists/Tabs.tsx';
import { REGIONS } from '../../../record/regions.ts';
import { useKeys } from '../../../shell/keys.ts';
import { sayProblems } from '../../../shell/problems.ts';
import { Workspace } from '../../../shell/Workspace.tsx';
import { OversightPages } from '../OversightPages.tsx';
import { NumberSide } from './NumberSide.tsx';
import type { StockSearch } from './routes.tsx';
import { STATUSES, type StockNumber, useCounts, useStock } from './stock.ts';
import { problems, words } from './words.ts';

sayProblems(problems);

const PAUSE_MS = 250;

const COLUMNS: readonly Column<StockNumber>[] = [
  {
    key: 'number',
    title: words.number,
    width: '150px',
    cell: ({ display, price_class }) => <Msisdn display={display} priceClass={price_class} size="sm" />,
  },
  {
    key: 'class',
    title: words.class,
    width: 'minmax(100px, 1fr)',
    cell: ({ class_name_vi }) => class_name_vi,
  },
  {
    key: 'status',
    title: words.status,
    width: '108px',
    cell: ({ status }) => (
      <span className={status === 'WITHDRAWN' ? 't-soft' : 't-strong'}>{words.statuses[status]}</span>
    ),
  },
  {
    key: 'stock',
    title: words.stock,
    width: '84px',
    cell: ({ stock_region }) => stock_region ?? words.common,
  },
  {
    key: 'since',
    title: words.since,
    width: '84px',
    align: 'end',
    cell: ({ status_since }) => (status_since ? fmt.day(status_since) : '–'),
  },
  {
    key: 'price',
    title: words.price,
    width: '108px',
    align: 'end',
    cell: ({ price_vnd }) => <b>{fmt.vnd(price_vnd)}</b>,
  },
];

/** The whole stock by status: search, withdraw, publish, price. */
export function Numbers() {
  const search = useSearch({ strict: false }) as StockSearch;
  const navigate = useNavigate();
  const find = useRef<HTMLInputElement>(null);
  const { reading, rows, loading, onEnd, total } = useStock(search);
  const { data: counted } = useCounts(search.region);
  const chosen = rows.find(({ number_id }) => number_id === search.number);
  const { number: _, ...criteria } = search;
  const ask = (change: { [K in keyof StockSearch]?: string | undefined }) =>
    void navigate({ to: '.', search: { ...criteria, ...change } as never, replace: true });
  useKeys(words.list, [{ key: '/', name: words.keys.find, run: () => find.current?.focus() }]);
  const sum = counted && Object.values(counted.counts).reduce((all, count) => all + count, 0);
  const tabs = [
    { name: words.all, search: { ...criteria, status: undefined }, current: !search.status, count: sum },
    ...STATUSES.map((status) => ({
      name: words.statuses[status] ?? status,
      search: { ...criteria, status },
      current: search.status === status,
      count: counted?.counts[status],
    })),
  ];
  return (
    <Workspace
      title={words.title}
      tabs={<OversightPages />}
      side={chosen && <NumberSide key={chosen.number_id} number={chosen} />}
    >
      <Tabs label={words.status} tabs={tabs} />
      <div className="filters">
        <div className="find-in">
          <Search size={15} aria-hidden="true" />
          <MaskField
            field={find}
            mask={search.mask ?? ''}
            onChange={(mask) => ask({ mask: mask || undefined })}
          />
        </div>
        <select
          aria-label={words.stock}
          className={search.region ? 'is-set' : ''}
          value={search.region ?? ''}
          onChange={(event) => ask({ region: event.target.value || undefined })}
        >
          <option value="">{words.anyRegion}</option>
          {REGIONS.map((region) => (
            <option key={region}>{region}</option>
          ))}
        </select>
      </div>
      <ListTable
        reading={reading}
        label={words.list}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ number_id }) => number_id}
        nameOf={({ display }) => display}
        selected={search.number}
        onSelect={({ number_id }) => ask({ number: number_id })}
        loading={loading}
        onEnd={onEnd}
        {...(total !== undefined && { total })}
        empty={
          <State
            icon={<Hash size={30} aria-hidden="true" />}
            title={words.none}
            action={
              <Button kind="quiet" onClick={() => void navigate({ to: '.', search: {} as never })}>
                {words.clear}
              </Button>
            }
          >
            {words.noneText}
          </State>
        }
      />
    </Workspace>
  );
}

type MaskProps = {
  field: React.RefObject<HTMLInputElement | null>;
  mask: string;
  onChange: (mask: string) => void;
};

/** The mask, asked for when somebody pauses: a half-typed one is searched for once. */
function MaskField({ field, mask, onChange }: MaskProps) {
  const [text, setText] = useState(mask);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (text.trim() === mask) return;
    const pause = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text, mask]);
  return (
    <input
      ref={field}
      type="search"
      aria-label={words.find}
      placeholder={words.find}
      maxLength={40}
      value={text}
      onChange={(event) => setText(event.target.value.replace(/[^\d?*xX .]/g, ''))}
    />
  );
}
