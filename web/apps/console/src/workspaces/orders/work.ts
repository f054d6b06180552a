import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { useChange } from './shipments.ts';

export type Refund = Schemas['order.HandRefundView'];
export type Task = Schemas['ListedTask'];
export type Owner = 'shipping' | 'order';

const PAGE = 100;

const readRefunds = (after: string | null, signal: AbortSignal) =>
  send(api.GET('/api/order/v1/staff/refunds', { params: { query: { limit: PAGE, after } }, signal }));

const readTasks = (owner: Owner, signal: AbortSignal) =>
  send(api.GET(`/api/${owner}/v1/work-list`, { params: { query: { limit: PAGE } }, signal }));

/** The refunds that a person transfers, the longest owed first (G18). */
export const useRefunds = () => usePages<Refund>({ key: ['order', 'refunds'], read: readRefunds });

/** What a carrier (shipping) or the bank (order) refused for good, and what is given up or tried again. */
export const useTasks = (owner: Owner) =>
  useLive({ key: ['shipments', 'tasks', owner], read: (signal) => readTasks(owner, signal) });

/** How much waits in the other lists of this desk; a hundred means at least a hundred. */
export function useWorkCounts(): { refunds: string; tasks: string } {
  const refunds = useQuery({
    queryKey: ['order', 'refund-count'],
    queryFn: ({ signal }) => readRefunds(null, signal),
    refetchInterval: 30_000,
  });
  const [ours, theirs] = [useTasks('shipping'), useTasks('order')];
  const shown = (pages: ({ items: unknown[]; next?: string | null } | undefined)[]) => {
    const number = pages.reduce((sum, page) => sum + (page?.items.length ?? 0), 0);
    if (!number) return '';
    return pages.some((page) => page?.next) ? `${number}+` : String(number);
  };
  return { refunds: shown([refunds.data]), tasks: shown([ours.data, theirs.data]) };
}

export const useTransferred = () =>
  useChange(({ id, reference }: { id: string; reference: string }) =>
    send(
      api.POST('/api/order/v1/staff/refunds/{refund_id}/transferred', {
        params: { path: { refund_id: id } },
        body: { bank_reference: reference },
      }),
    ),
  );

export const useRetry = (owner: Owner) =>
  useChange((id: string) =>
    send(api.POST(`/api/${owner}/v1/work-list/{task_id}/retry`, { params: { path: { task_id: id } } })),
  );

export const useGiveUp = (owner: Owner) =>
  useChange(({ id, reason }: { id: string; reason: string }) =>
    send(
      api.POST(`/api/${owner}/v1/work-list/{task_id}/give-up`, {
        params: { path: { task_id: id } },
        body: { reason_code: reason },
      }),
    ),
  );
