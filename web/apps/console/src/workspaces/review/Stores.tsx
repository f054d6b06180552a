import { State } from '@chonso/ui';
import { Store } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useNumbers } from '../../shell/numbers.ts';
import { useHasRole } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { AtStore } from './AtStore.tsx';
import { type Item, useAct, useCases } from './cases.ts';
import { Reopen } from './Reopen.tsx';
import { ReviewPages } from './ReviewPages.tsx';
import { words } from './words.ts';

const w = words.stores;

/** Customers who were sent to a store: a store opens the case by the code they show, a supervisor lets them try again. */
export function Stores() {
  return useHasRole('connection_officer', 'region_manager') ? <SentToStores /> : <AtStore />;
}

function SentToStores() {
  const [id, setId] = useState<string>();
  const { rows, loading, reading, onEnd } = useCases('STORE', {});
  const numbers = useNumbers(rows);
  const chosen = rows.find(({ hold_id }) => hold_id === id);
  const nameOf = (row: Item) => numbers.get(row.hold_id)?.display ?? words.attemptNo(row.attempt);
  const columns: Column<Item>[] = [
    { key: 'number', title: words.columns.number, width: '150px', cell: (row) => <b>{nameOf(row)}</b> },
    {
      key: 'code',
      title: words.columns.code,
      width: '170px',
      cell: (row) => numbers.get(row.hold_id)?.hold_code ?? words.none,
    },
    {
      key: 'reasons',
      title: words.columns.reasons,
      width: 'minmax(220px, 2fr)',
      cell: ({ reasons }) => reasons.map(({ text_vi }) => text_vi).join(' '),
    },
    { key: 'region', title: words.columns.region, width: '90px', cell: ({ region }) => region ?? words.none },
    { key: 'since', title: words.columns.since, width: '90px', cell: (row) => elapsed(row.waits_since) },
  ];
  return (
    <Workspace
      title={words.title}
      tabs={<ReviewPages />}
      side={
        chosen && (
          <Sent key={chosen.hold_id} item={chosen} name={nameOf(chosen)} onDone={() => setId(undefined)} />
        )
      }
    >
      <ListTable
        reading={reading}
        label={words.pages.stores}
        columns={columns}
        rows={rows}
        keyOf={({ hold_id }) => hold_id}
        nameOf={(row) => words.row(nameOf(row))}
        selected={id}
        onSelect={({ hold_id }) => setId(hold_id)}
        loading={loading}
        onEnd={onEnd}
        empty={<State icon={<Store size={30} aria-hidden="true" />} title={w.empty} />}
      />
    </Workspace>
  );
}

function Sent({ item, name, onDone }: { item: Item; name: string; onDone: () => void }) {
  const manages = useHasRole('region_manager');
  const act = useAct(item.hold_id, onDone);
  return (
    <>
      <header className="side-h">
        <b>{name}</b>
        <p>{words.attemptNo(item.attempt)}</p>
      </header>
      <div className="side-b">
        {item.reasons.map(({ code, text_vi }) => (
          <p key={code} className="doubt">
            {text_vi}
          </p>
        ))}
        <JourneyLink holdId={item.hold_id} />
      </div>
      {manages && <Reopen act={act} />}
    </>
  );
}
