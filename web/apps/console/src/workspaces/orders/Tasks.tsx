import './problems.ts';
import './orders.css';
import { fmt } from '@chonso/i18n';
import { Button, State, toast } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Pages } from '../../lists/Tabs.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { waited } from './columns.tsx';
import { type Owner, type Task, useGiveUp, useRetry, useTasks } from './work.ts';
import { pages, reasonOf, taskWords as words } from './work.words.ts';

type Line = Task & { owner: Owner };
const kindOf = ({ kind }: Task) => words.kinds[kind] ?? kind;

const COLUMNS: readonly Column<Line>[] = [
  { key: 'kind', title: words.kind, width: 'minmax(140px, 1.5fr)', cell: (row) => <b>{kindOf(row)}</b> },
  { key: 'owner', title: words.owner, width: '130px', cell: ({ owner }) => words.owners[owner] },
  {
    key: 'reason',
    title: words.reason,
    width: 'minmax(130px, 1.5fr)',
    cell: ({ reason_code, because }) => reasonOf(reason_code ?? because),
  },
  {
    key: 'attempts',
    title: words.attempts,
    width: '70px',
    align: 'end',
    cell: ({ attempts }) => attempts,
  },
  { key: 'region', title: words.region, width: '60px', cell: ({ region }) => region ?? '' },
  {
    key: 'since',
    title: words.since,
    width: '72px',
    align: 'end',
    cell: ({ listed_at }) => listed_at && <span className="t-strong">{waited(listed_at)}</span>,
  },
];

/** What a carrier or the bank refused for good: mend the cause and try again, or go on without. */
export function Tasks() {
  const [shipping, order] = [useTasks('shipping'), useTasks('order')];
  const rows: Line[] = [
    ...(shipping.data?.items ?? []).map((task) => ({ ...task, owner: 'shipping' as const })),
    ...(order.data?.items ?? []).map((task) => ({ ...task, owner: 'order' as const })),
  ];
  const [id, setId] = useState<string>();
  const chosen = rows.find(({ task_id }) => task_id === id);
  const failed = shipping.error ? shipping : order;
  useKeys(words.title, [{ key: 'Escape', name: words.close, enabled: !!id, run: () => setId(undefined) }]);
  return (
    <Workspace
      title={words.title}
      tabs={<Pages label={words.pages} pages={pages} />}
      side={chosen && <Decide key={chosen.task_id} task={chosen} onDone={() => setId(undefined)} />}
    >
      <ListTable
        reading={failed}
        label={words.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => row.task_id}
        nameOf={kindOf}
        selected={id}
        onSelect={(row) => setId(row.task_id)}
        loading={shipping.isPending || order.isPending}
        empty={
          <State icon={<CircleCheck size={30} aria-hidden="true" />} title={words.empty}>
            {words.emptyText}
          </State>
        }
      />
    </Workspace>
  );
}

function Decide({ task, onDone }: { task: Line; onDone: () => void }) {
  const [isGivingUp, setGivingUp] = useState(false);
  const retry = useRetry(task.owner);
  const giveUp = useGiveUp(task.owner);
  return (
    <>
      <header className="side-h">
        <p>{words.owners[task.owner]}</p>
        <b>{kindOf(task)}</b>
      </header>
      <div className="side-b">
        <dl className="facts-r">
          <div>
            <dt>{words.reason}</dt>
            <dd>{reasonOf(task.reason_code ?? task.because)}</dd>
          </div>
          <div>
            <dt>{words.attempts}</dt>
            <dd>{task.attempts}</dd>
          </div>
          <div>
            <dt>{words.listed}</dt>
            <dd>{task.listed_at ? fmt.time(task.listed_at) : ''}</dd>
          </div>
        </dl>
        <p className="lead o-lead">{words.advice[task.kind] ?? words.lead}</p>
        {task.owner === 'shipping' && (
          <Link to="/orders" search={{ id: task.ref } as never} className="o-journey">
            {words.open}
          </Link>
        )}
        <Refused error={retry.error} />
      </div>
      <footer className="side-f">
        <Button kind="refuse" onClick={() => setGivingUp(true)}>
          {words.giveUp}
        </Button>
        <Button
          kind="primary"
          busy={retry.isPending}
          onClick={() =>
            retry.mutate(task.task_id, {
              onSuccess: () => {
                toast(words.retried);
                onDone();
              },
            })
          }
        >
          {words.retry}
        </Button>
      </footer>
      {isGivingUp && (
        <ReasonDialog
          title={words.giveUpTitle}
          lead={words.giveUpLead}
          reasons={words.reasons}
          confirm={words.giveUp}
          busy={giveUp.isPending}
          error={giveUp.error}
          onClose={() => setGivingUp(false)}
          onConfirm={(reason) =>
            giveUp.mutate(
              { id: task.task_id, reason },
              {
                onSuccess: () => {
                  toast(words.givenUp);
                  onDone();
                },
              },
            )
          }
        />
      )}
    </>
  );
}
