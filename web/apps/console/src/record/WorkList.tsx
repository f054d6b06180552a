import './oversight.css';
import './problems.ts';
import { fmt } from '@chonso/i18n';
import { Button, State, toast } from '@chonso/ui';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { OversightPages } from './OversightPages.tsx';
import { Choice, Facts, named, Partial, Side, useOversightSearch } from './parts.tsx';
import { SERVICES } from './services.ts';
import { words as all } from './words.ts';
import { type Task, type TaskState, useGiveUp, useRetry, useTaskCounts, useTasks } from './work_lists.ts';

const words = all.tasks;
const STATES: readonly TaskState[] = ['LISTED', 'FAILING'];
const kindOf = ({ kind }: Task) => words.kinds[kind] ?? kind;

const COLUMNS: readonly Column<Task>[] = [
  {
    key: 'service',
    title: all.events.service,
    width: '92px',
    cell: ({ service }) => <b>{all.services[service]}</b>,
  },
  { key: 'kind', title: words.kind, width: 'minmax(150px, 1.2fr)', cell: kindOf },
  {
    key: 'reason',
    title: words.reason,
    width: 'minmax(120px, 1fr)',
    cell: ({ reason_code, because }) => reason_code ?? because,
  },
  { key: 'region', title: all.region, width: '60px', cell: ({ region }) => region ?? '' },
  { key: 'attempts', title: words.attempts, width: '52px', align: 'end', cell: ({ attempts }) => attempts },
  {
    key: 'since',
    title: all.waited,
    width: '76px',
    align: 'end',
    cell: ({ listed_at }) => listed_at && <span className="t-strong">{elapsed(listed_at)}</span>,
  },
];

/** What outside systems refused the nine services for good, and what these still try by themselves. */
export function WorkLists() {
  const [search, go] = useOversightSearch();
  const state = STATES.find((each) => each === search.state) ?? 'LISTED';
  const counts = useTaskCounts();
  const tasks = useTasks(state, search.service ? [search.service] : SERVICES);
  const count = (each: TaskState) =>
    counts.answers.reduce((sum, { data }) => sum + (data.counts[each] ?? 0), 0);
  const chosen = tasks.rows.find(({ task_id }) => task_id === search.id);
  return (
    <Workspace
      title={all.title}
      tabs={<OversightPages />}
      side={
        chosen && (
          <Detail key={chosen.task_id} task={chosen} state={state} onClose={() => go({ id: undefined })} />
        )
      }
    >
      <div className="filters">
        <Choice
          label={all.state}
          options={STATES.map((each) => [each, named(words.states[each], count(each))] as const)}
          value={state}
          onChange={(next) => go({ state: next, id: undefined })}
        />
        <Choice
          label={all.events.service}
          all={all.allServices}
          options={SERVICES.map((service) => [service, all.services[service]] as const)}
          value={search.service}
          onChange={(service) => go({ service, id: undefined })}
        />
      </div>
      {tasks.answers.length > 0 && <Partial failed={tasks.failed} />}
      {tasks.error && !tasks.answers.length ? (
        <Failure error={tasks.error} retry={tasks.refetch} />
      ) : (
        <DataTable
          label={words.label}
          columns={COLUMNS}
          rows={tasks.rows}
          keyOf={({ task_id }) => task_id}
          nameOf={kindOf}
          selected={search.id}
          onSelect={({ task_id }) => go({ id: task_id })}
          loading={tasks.isPending}
          empty={
            <State icon={<CircleCheck size={30} aria-hidden="true" />} title={words.empty}>
              {words.emptyText}
            </State>
          }
        />
      )}
    </Workspace>
  );
}

type DetailProps = { task: Task; state: TaskState; onClose: () => void };

function Detail({ task, state, onClose }: DetailProps) {
  const isListed = state === 'LISTED';
  return (
    <Side
      title={kindOf(task)}
      lead={all.services[task.service]}
      onClose={onClose}
      foot={isListed && <Decision task={task} onClose={onClose} />}
    >
      <p className="lead">{isListed ? words.lead : words.leadFailing}</p>
      <Facts
        facts={[
          [words.reason, task.reason_code ?? task.because],
          [words.attempts, task.attempts],
          [words.listed, task.listed_at && fmt.time(task.listed_at)],
          [words.nextTry, isListed ? null : fmt.time(task.next_try_at)],
          [all.region, task.region],
          [words.ref, task.ref],
        ]}
      />
    </Side>
  );
}

function Decision({ task, onClose }: { task: Task; onClose: () => void }) {
  const [isGivingUp, setGivingUp] = useState(false);
  const retry = useRetry(task);
  const giveUp = useGiveUp(task);
  const done = (text: string) => () => {
    toast(text);
    onClose();
  };
  return (
    <>
      {retry.error && (
        <p>
          <Refused error={retry.error} />
        </p>
      )}
      <Button onClick={() => setGivingUp(true)}>{words.giveUp}</Button>
      <Button
        kind="primary"
        busy={retry.isPending}
        onClick={() => retry.mutate(undefined, { onSuccess: done(words.retried) })}
      >
        {words.retry}
      </Button>
      {isGivingUp && (
        <ReasonDialog
          title={words.giveUpTitle}
          lead={words.giveUpLead}
          reasons={words.reasons}
          confirm={words.giveUp}
          busy={giveUp.isPending}
          error={giveUp.error}
          onClose={() => setGivingUp(false)}
          onConfirm={(code) => giveUp.mutate(code, { onSuccess: done(words.givenUp) })}
        />
      )}
    </>
  );
}
