import { api, type Schemas, send } from '@chonso/api';
import { type Service, useServices } from '../lists/services.ts';
import { useChange, WORK } from './changes.ts';

export type Task = Schemas['ListedTask'] & { service: Service };
export const STATES = ['LISTED', 'FAILING'] as const;
export type TaskState = (typeof STATES)[number];

const PAGE = 100;

/** The exact number of tasks of these services, by state. */
export function useTaskCounts(services: readonly Service[]): (state: TaskState) => number {
  const { answers } = useServices([WORK, 'counts'], services, (service, signal) =>
    send(api.GET(`/api/${service}/v1/work-list/counts`, { signal })),
  );
  return (state) => answers.reduce((sum, { data }) => sum + (data.counts[state] ?? 0), 0);
}

/** The tasks of these services that a person must look at, or that fail and are still tried. */
export function useTasks(state: TaskState, services: readonly Service[]) {
  const reading = useServices([WORK, 'list', state], services, (service, signal) =>
    send(api.GET(`/api/${service}/v1/work-list`, { params: { query: { state, limit: PAGE } }, signal })),
  );
  const rows: Task[] = reading.answers.flatMap(({ service, data }) =>
    data.items.map((task) => ({ ...task, service })),
  );
  return { ...reading, rows };
}

const at = (task: Task) => ({ path: { task_id: task.task_id } });

export const useRetry = (task: Task) =>
  useChange((_: undefined) =>
    send(api.POST(`/api/${task.service}/v1/work-list/{task_id}/retry`, { params: at(task) })),
  );

export const useGiveUp = (task: Task) =>
  useChange((reason_code: string) =>
    send(
      api.POST(`/api/${task.service}/v1/work-list/{task_id}/give-up`, {
        params: at(task),
        body: { reason_code },
      }),
    ),
  );
