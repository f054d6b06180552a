import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { SHIPMENTS as KEY, useChange } from '../../record/changes.ts';
import { filtersOf, type ListSearch, type Tab } from './search.ts';

export type Shipment = Schemas['shipping.ListedShipment'];
export type Detail = Schemas['shipping.StaffShipmentDetail'];
export type Counts = Schemas['shipping.Counts'];
export type Outcome = Schemas['shipping.Outcome'];
export type Collection = { collection_address: string; collection_at: string };

const PAGE = 100;

/** A tab of the list, read page after page. */
export const useList = (tab: Tab, search: ListSearch, enabled: boolean) =>
  usePages<Shipment>({
    key: [KEY, 'list', tab, filtersOf(search), search.order],
    enabled,
    read: (after, signal) =>
      send(
        api.GET('/api/shipping/v1/staff/shipments', {
          params: {
            query: { tab, ...filtersOf(search), order: search.order ?? 'OLDEST', limit: PAGE, after },
          },
          signal,
        }),
      ),
  });

/** The exact numbers of all tabs under the filters. */
export const useCounts = (search: ListSearch) => {
  const { status: _, ...filters } = filtersOf(search);
  return useLive<Counts>({
    key: [KEY, 'counts', filters],
    read: (signal) =>
      send(api.GET('/api/shipping/v1/staff/shipments/counts', { params: { query: filters }, signal })),
  });
};

/** What a typed or scanned text stands for; the text travels in the body, for it may be a phone. */
export const useFound = (text: string) =>
  useQuery({
    queryKey: [KEY, 'found', text],
    enabled: text.length > 2,
    queryFn: ({ signal }) =>
      send(api.POST('/api/shipping/v1/staff/shipments/search', { body: { text }, signal })),
  });

export const useShipment = (id: string) =>
  useLive<Detail>({
    key: [KEY, 'one', id],
    moving: (shipment) => shipment?.status === 'BOOKING' || shipment?.status === 'PENDING',
    read: (signal) =>
      send(
        api.GET('/api/shipping/v1/staff/shipments/{shipment_id}', {
          params: { path: { shipment_id: id } },
          signal,
        }),
      ),
  });

/** The order of a shipment: its money and refunds. */
export const useOrder = (orderId: string) =>
  useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/order/v1/staff/orders/{order_id}', {
          params: { path: { order_id: orderId } },
          signal,
        }),
      ),
  });

const at = (id: string) => ({ path: { shipment_id: id } });

export const useConfirm = (id: string) =>
  useChange((body: Collection) =>
    send(
      api.POST('/api/shipping/v1/staff/shipments/{shipment_id}/confirm', {
        params: at(id),
        body: { ...body, carrier: 'ghn' },
      }),
    ),
  );

export const usePack = (id: string) =>
  useChange((sim_serial: string) =>
    send(
      api.POST('/api/shipping/v1/staff/shipments/{shipment_id}/pack', {
        params: at(id),
        body: { sim_serial },
      }),
    ),
  );

export const useHandOver = (id: string) =>
  useChange((_: undefined) =>
    send(api.POST('/api/shipping/v1/staff/shipments/{shipment_id}/hand-over', { params: at(id) })),
  );

export const useReject = (id: string) =>
  useChange((reason_code: string) =>
    send(
      api.POST('/api/shipping/v1/staff/shipments/{shipment_id}/reject', {
        params: at(id),
        body: { reason_code },
      }),
    ),
  );

export const useConfirmMany = () =>
  useChange(({ ids, ...body }: Collection & { ids: string[] }) =>
    send(
      api.POST('/api/shipping/v1/staff/shipments/bulk/confirm', {
        body: { ...body, carrier: 'ghn', shipment_ids: ids },
      }),
    ),
  );

export const useHandOverMany = () =>
  useChange((ids: string[]) =>
    send(api.POST('/api/shipping/v1/staff/shipments/bulk/hand-over', { body: { shipment_ids: ids } })),
  );

/** Fetch the file of a list and hand it to the browser; raises the service's refusal. */
export async function downloadList(tab: Tab, search: ListSearch): Promise<void> {
  const blob = await send(
    api.GET('/api/shipping/v1/staff/shipments/export.csv', {
      params: { query: { tab, ...filtersOf(search) } },
      parseAs: 'blob',
    }) as Promise<{ data?: Blob; error?: unknown; response: Response }>,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `don-hang-${tab.toLowerCase()}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
