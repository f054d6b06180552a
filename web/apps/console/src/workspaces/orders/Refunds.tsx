import './problems.ts';
import './orders.css';
import { fmt } from '@chonso/i18n';
import { Button, Field, State, toast } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { HandCoins } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Pages } from '../../lists/Tabs.tsx';
import { reasonOf } from '../../record/reasons.words.ts';
import { elapsed } from '../../shell/elapsed.ts';
import { Refused } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Refund, useRefunds, useTransferred } from './work.ts';
import { pages, refundWords as words } from './work.words.ts';

const COLUMNS: readonly Column<Refund>[] = [
  {
    key: 'code',
    title: words.code,
    width: '132px',
    cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
  },
  {
    key: 'amount',
    title: words.amount,
    width: '100px',
    align: 'end',
    cell: ({ amount_vnd }) => <span className="t-strong">{fmt.vnd(amount_vnd)}</span>,
  },
  {
    key: 'method',
    title: words.method,
    width: 'minmax(84px, 1fr)',
    cell: ({ method }) => words.methods[method],
  },
  {
    key: 'reason',
    title: words.reason,
    width: 'minmax(100px, 1.4fr)',
    cell: ({ reason_code }) => reasonOf(reason_code),
  },
  {
    key: 'because',
    title: words.because,
    width: 'minmax(100px, 1.4fr)',
    cell: ({ by_hand_because }) => reasonOf(by_hand_because),
  },
  { key: 'region', title: words.region, width: '56px', cell: ({ region }) => region },
  {
    key: 'since',
    title: words.since,
    width: '72px',
    align: 'end',
    cell: ({ requested_at }) => <span className="t-strong">{elapsed(requested_at)}</span>,
  },
];

/** Money that no bank gives back: a person transfers it and notes the bank's reference (G18). */
export function Refunds() {
  const { reading, rows, loading, onEnd } = useRefunds();
  const [id, setId] = useState<string>();
  const chosen = rows.find(({ refund_id }) => refund_id === id);
  useKeys(words.title, [{ key: 'Escape', name: words.close, enabled: !!id, run: () => setId(undefined) }]);
  return (
    <Workspace
      title={words.title}
      tabs={<Pages label={words.pages} pages={pages} />}
      side={chosen && <Transfer key={chosen.refund_id} refund={chosen} onDone={() => setId(undefined)} />}
    >
      <ListTable
        reading={reading}
        label={words.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => row.refund_id}
        nameOf={(row) => words.row(row.hold_code, fmt.vnd(row.amount_vnd))}
        selected={id}
        onSelect={(row) => setId(row.refund_id)}
        loading={loading}
        onEnd={onEnd}
        empty={
          <State icon={<HandCoins size={30} aria-hidden="true" />} title={words.empty}>
            {words.emptyText}
          </State>
        }
      />
    </Workspace>
  );
}

function Transfer({ refund, onDone }: { refund: Refund; onDone: () => void }) {
  const [reference, setReference] = useState('');
  const [fault, setFault] = useState('');
  const transferred = useTransferred();
  return (
    <form
      className="o-task"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const isReference = /^[A-Za-z0-9][A-Za-z0-9./_-]{3,63}$/.test(reference.trim());
        setFault(isReference ? '' : words.referenceWrong);
        if (isReference && !transferred.isPending)
          transferred.mutate(
            { id: refund.refund_id, reference: reference.trim() },
            {
              onSuccess: () => {
                toast(`${words.done} ${refund.hold_code}`);
                onDone();
              },
            },
          );
      }}
    >
      <header className="side-h">
        <p>{refund.hold_code}</p>
        <b className="o-sum">{fmt.vnd(refund.amount_vnd)}</b>
      </header>
      <div className="side-b">
        <dl className="facts-r">
          <div>
            <dt>{words.method}</dt>
            <dd>{words.methods[refund.method]}</dd>
          </div>
          <div>
            <dt>{words.reason}</dt>
            <dd>{reasonOf(refund.reason_code)}</dd>
          </div>
          <div>
            <dt>{words.because}</dt>
            <dd>{reasonOf(refund.by_hand_because)}</dd>
          </div>
          {refund.gateway_no && (
            <div>
              <dt>{words.gateway}</dt>
              <dd>{refund.gateway_no}</dd>
            </div>
          )}
          <div>
            <dt>{words.requested}</dt>
            <dd>{fmt.time(refund.requested_at)}</dd>
          </div>
        </dl>
        <p className="lead o-lead">{refund.gateway_no ? words.lookFirst : words.lead}</p>
        <Link to="/journeys/$holdId" params={{ holdId: refund.hold_id } as never} className="o-journey">
          {words.journey}
        </Link>
        <Field
          label={words.reference}
          hint={words.referenceHint}
          error={fault}
          value={reference}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setReference(event.target.value)}
        />
        <Refused error={transferred.error} />
      </div>
      <footer className="side-f">
        <Button kind="primary" type="submit" busy={transferred.isPending}>
          {words.confirm}
        </Button>
      </footer>
    </form>
  );
}
