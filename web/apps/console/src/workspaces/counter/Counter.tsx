import '../orders/problems.ts';
import './counter.css';
import { fmt } from '@chonso/i18n';
import { Button, Msisdn, State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScanBarcode, Store } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Tabs } from '../../lists/Tabs.tsx';
import { useKeys } from '../../shell/keys.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { Giving } from './Giving.tsx';
import { type Pickup, useParts, usePickups } from './pickups.ts';
import { type CounterSearch, PARTS, type Part } from './search.ts';
import { words } from './words.ts';

const { columns: heads } = words;

const FIRST: readonly Column<Pickup>[] = [
  {
    key: 'code',
    title: heads.code,
    width: '136px',
    cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
  },
  {
    key: 'number',
    title: heads.number,
    width: '130px',
    cell: ({ display }) =>
      display ? <Msisdn display={display} size="sm" /> : <span className="t-soft">{words.noNumber}</span>,
  },
  {
    key: 'state',
    title: heads.state,
    width: 'minmax(120px, 1fr)',
    cell: ({ status_label }) => status_label,
  },
];
const DUE: Column<Pickup> = {
  key: 'due',
  title: heads.due,
  width: '100px',
  align: 'end',
  cell: ({ cod_due_vnd }) =>
    cod_due_vnd ? (
      <span className="t-strong">{fmt.vnd(cod_due_vnd)}</span>
    ) : (
      <span className="t-soft">{words.nothingDue}</span>
    ),
};
const SINCE: Column<Pickup> = {
  key: 'since',
  title: heads.since,
  width: '90px',
  align: 'end',
  cell: ({ since, overdue }) => <span className={overdue ? 't-late' : undefined}>{fmt.day(since)}</span>,
};
const SERIAL: Column<Pickup> = {
  key: 'serial',
  title: heads.serial,
  width: '180px',
  cell: ({ sim_serial }) => sim_serial,
};
const columnsOf = (part: Part) => [...FIRST, part === 'TODAY' ? SERIAL : DUE, SINCE];

/** A store's counter: scan the hold code, give the SIM; below it what is to be prepared and who did not come. */
export function Counter() {
  const search = useSearch({ strict: false }) as CounterSearch;
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const parts = useParts();
  const count = (part: Part) => parts.data?.parts.find((one) => one.part === part)?.count;
  const part = search.part ?? 'TO_PREPARE';
  const list = usePickups(part);
  const { reading, rows } = list;
  const open = (code: string | undefined) =>
    void navigate({ to: '.', search: { ...search, code } as never, replace: true });
  const close = () => {
    open(undefined);
    field.current?.focus();
  };
  useKeys(words.title, [
    { key: '/', name: words.keys.code, run: () => field.current?.focus() },
    { key: 'Escape', name: words.keys.close, enabled: !!search.code, run: close },
  ]);
  return (
    <Workspace
      title={words.title}
      count={count('TO_PREPARE') ?? 0}
      figures={[{ name: words.parts.NO_SHOW, value: count('NO_SHOW') ?? 0, hot: !!count('NO_SHOW') }]}
      tabs={
        <>
          <CodeField field={field} onCode={open} />
          <Tabs
            label={words.list}
            tabs={PARTS.map((name) => ({
              name: words.parts[name],
              search: { ...search, part: name },
              current: name === part,
              count: count(name),
            }))}
          />
        </>
      }
      side={search.code && <Giving key={search.code} code={search.code} onClose={close} />}
    >
      <ListTable
        reading={reading}
        label={words.parts[part]}
        columns={columnsOf(part)}
        rows={rows}
        keyOf={(row) => row.hold_code ?? row.shipment_id}
        nameOf={(row) => words.row(row.hold_code ?? '', row.display ?? '')}
        selected={search.code}
        onSelect={(row) => open(row.hold_code ?? undefined)}
        loading={list.loading}
        onEnd={list.onEnd}
        total={count(part) ?? rows.length}
        empty={
          <State icon={<Store size={30} aria-hidden="true" />} title={words.empty[part]}>
            {words.emptyText[part]}
          </State>
        }
      />
    </Workspace>
  );
}

type CodeProps = { field: React.RefObject<HTMLInputElement | null>; onCode: (code: string) => void };

/** The customer's code: a scanner types it and presses Enter. */
function CodeField({ field, onCode }: CodeProps) {
  const [typed, setTyped] = useState('');
  return (
    <form
      className="c-code"
      onSubmit={(event) => {
        event.preventDefault();
        const code = typed.replace(/[^\w]/g, '').toUpperCase();
        if (code.length < 3) return;
        onCode(code);
        setTyped('');
      }}
    >
      <ScanBarcode size={24} aria-hidden="true" />
      <input
        ref={field}
        aria-label={words.code}
        placeholder={words.codePlaceholder}
        value={typed}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button kind="quiet" type="submit" disabled={!typed.trim()}>
        {words.open}
      </Button>
    </form>
  );
}
