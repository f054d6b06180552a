import './record.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Choice, named } from '../lists/Choice.tsx';
import type { Column } from '../lists/DataTable.tsx';
import { ListTable } from '../lists/ListTable.tsx';
import { Nothing, Partial } from '../lists/Partial.tsx';
import type { Service } from '../lists/services.ts';
import { words as lists } from '../lists/words.ts';
import { elapsed } from '../shell/elapsed.ts';
import { sayProblems } from '../shell/problems.ts';
import { Workspace } from '../shell/Workspace.tsx';
import { reasonOf } from './reasons.words.ts';
import { TaskSide } from './TaskSide.tsx';
import { kindOf, words } from './task.words.ts';
import { STATES, type Task, type TaskState, useTaskCounts, useTasks } from './tasks.ts';

sayProblems(words.problems);

const COLUMNS: readonly Column<Task>[] = [
  {
    key: 'service',
    title: lists.service,
    width: '92px',
    cell: ({ service }) => <b>{lists.services[service]}</b>,
  },
  { key: 'kind', title: words.kind, width: 'minmax(150px, 1.2fr)', cell: kindOf },
  {
    key: 'reason',
    title: words.reason,
    width: 'minmax(120px, 1fr)',
    cell: ({ reason_code, because }) => reasonOf(reason_code ?? because),
  },
  { key: 'region', title: words.region, width: '60px', cell: ({ region }) => region ?? '' },
  { key: 'attempts', title: words.attempts, width: '52px', align: 'end', cell: ({ attempts }) => attempts },
  {
    key: 'since',
    title: words.since,
    width: '76px',
    align: 'end',
    cell: ({ listed_at }) => listed_at && <span className="t-strong">{elapsed(listed_at)}</span>,
  },
];

type Search = { state?: string | undefined; service?: string | undefined; id?: string | undefined };
type Props = { title: string; tabs: ReactNode; services: readonly Service[] };

/** What outside systems refused these services for good, and what they still try by themselves. */
export function WorkList({ title, tabs, services }: Props) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const go = (change: Search) =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: 'id' in change });
  const state = STATES.find((each) => each === search.state) ?? 'LISTED';
  const service = services.find((each) => each === search.service);
  const count = useTaskCounts(services);
  const tasks = useTasks(state, service ? [service] : services);
  const chosen = tasks.rows.find(({ task_id }) => task_id === search.id);
  const close = () => go({ id: undefined });
  return (
    <Workspace
      title={title}
      tabs={tabs}
      side={chosen && <TaskSide key={chosen.task_id} task={chosen} state={state} onClose={close} />}
    >
      <div className="filters">
        <Choice<TaskState>
          label={words.state}
          options={STATES.map((each) => [each, named(words.states[each], count(each))] as const)}
          value={state}
          onChange={(next) => go({ state: next, id: undefined })}
        />
        <Choice<Service>
          label={lists.service}
          all={lists.allServices}
          options={services.map((each) => [each, lists.services[each]] as const)}
          value={service}
          onChange={(next) => go({ service: next, id: undefined })}
        />
      </div>
      {tasks.answers.length > 0 && <Partial failed={tasks.failed} />}
      <ListTable
        reading={tasks}
        label={words.label}
        columns={COLUMNS}
        rows={tasks.rows}
        keyOf={({ task_id }) => task_id}
        nameOf={kindOf}
        selected={search.id}
        onSelect={({ task_id }) => go({ id: task_id })}
        loading={tasks.isPending}
        empty={
          <Nothing failed={tasks.failed} title={words.empty}>
            {words.emptyText}
          </Nothing>
        }
      />
    </Workspace>
  );
}
