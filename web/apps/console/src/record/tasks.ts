import { api, type Schemas, send } from '@chonso/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SERVICES, type Service, useServices } from './services.ts';

export type Task = Schemas['ListedTask'] & { service: Service };
export type TaskState = 'LISTED' | 'FAILING';

const KEY = 'work-lists';
const PAGE = 100;

export const useTaskCounts = () =>
  useServices([KEY, 'counts'], SERVICES, (service, signal) =>
    send(api.GET(`/api/${service}/v1/work-list/counts`, { signal })),
  );

/** The tasks of all services that a person must look at, or that fail and are still tried. */
export function useTasks(state: TaskState, services: readonly Service[]) {
  const reading = useServices([KEY, 'list', state], services, (service, signal) =>
    send(api.GET(`/api/${service}/v1/work-list`, { params: { query: { state, limit: PAGE } }, signal })),
  );
  const rows: Task[] = reading.answers.flatMap(({ service, data }) =>
    data.items.map((task) => ({ ...task, service })),
  );
  return { ...reading, rows };
}

const at = (task: Task) => ({ path: { task_id: task.task_id } });

function useDecision<Asked>(decide: (asked: Asked) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    // Not waited for: the row may go with what is read anew, and with it who would be told.
    onSettled: () => void client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export const useRetry = (task: Task) =>
  useDecision((_: undefined) =>
    send(api.POST(`/api/${task.service}/v1/work-list/{task_id}/retry`, { params: at(task) })),
  );

export const useGiveUp = (task: Task) =>
  useDecision((reason_code: string) =>
    send(
      api.POST(`/api/${task.service}/v1/work-list/{task_id}/give-up`, {
        params: at(task),
        body: { reason_code },
      }),
    ),
  );
