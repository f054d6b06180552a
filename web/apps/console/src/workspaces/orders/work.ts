import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { ORDER, SHIPMENTS, useChange } from '../../record/changes.ts';
import { useTaskCounts } from '../../record/tasks.ts';

export type Refund = Schemas['order.HandRefundView'];
export type OpenCash = Schemas['shipping.OpenCash'];

/** The services whose tasks this desk looks after: carriers and banks. */
export const OWN_TASKS = ['shipping', 'order'] as const;

const PAGE = 100;

const readRefunds = (after: string | null, signal: AbortSignal) =>
  send(api.GET('/api/order/v1/staff/refunds', { params: { query: { limit: PAGE, after } }, signal }));

/** The refunds that a person transfers, the longest owed first (G18). */
export const useRefunds = () => usePages<Refund>({ key: [ORDER, 'refunds'], read: readRefunds });

/** The delivered parcels whose cash no carrier has reported, the oldest first (F4.19). */
export const useOpenCash = () =>
  usePages<OpenCash>({
    key: [SHIPMENTS, 'open-cash'],
    read: (after, signal) =>
      send(
        api.GET('/api/shipping/v1/staff/open-cash', { params: { query: { limit: PAGE, after } }, signal }),
      ),
  });

/** The exact number of these parcels, and their money. */
export const useOpenCashSum = () =>
  useLive<Schemas['shipping.OpenCashSum']>({
    key: [SHIPMENTS, 'open-cash-sum'],
    read: (signal) => send(api.GET('/api/shipping/v1/staff/open-cash/counts', { signal })),
  });

/** How much waits in the other lists of this desk; a hundred refunds mean at least a hundred. */
export function useWorkCounts(): { refunds: string; tasks: string; cash: string } {
  const refunds = useQuery({
    queryKey: [ORDER, 'refund-count'],
    queryFn: ({ signal }) => readRefunds(null, signal),
    refetchInterval: 30_000,
  }).data;
  const tasks = useTaskCounts(OWN_TASKS)('LISTED');
  const cash = useOpenCashSum().data?.count;
  const shown = (number: number | undefined) => (number ? String(number) : '');
  return {
    refunds: shown(refunds?.items.length) + (refunds?.next ? '+' : ''),
    tasks: shown(tasks),
    cash: shown(cash),
  };
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
