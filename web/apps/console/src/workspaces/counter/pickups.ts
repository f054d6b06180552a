import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import type { Part } from './search.ts';

export type Pickup = Schemas['shipping.StaffShipment'];
export type AtCounter = Schemas['shipping.CounterShipment'];

const KEY = 'counter';
const PAGE = 100;

/** A part of this store's list (F4.6). */
export const usePickups = (part: Part) =>
  usePages<Pickup>({
    key: [KEY, 'list', part],
    read: (after, signal) =>
      send(
        api.GET('/api/shipping/v1/store/shipments', {
          params: { query: { part, limit: PAGE, after } },
          signal,
        }),
      ),
  });

/** How many SIMs lie in each part. */
export const useParts = () =>
  useLive({
    key: [KEY, 'counts'],
    read: (signal) => send(api.GET('/api/shipping/v1/store/counts', { signal })),
  });

/** What a hold code stands for at this store (F4.7). */
export const useOfCode = (code: string) =>
  useLive<AtCounter>({
    key: [KEY, 'code', code],
    read: (signal) =>
      send(
        api.GET('/api/shipping/v1/store/shipments/by-code/{hold_code}', {
          params: { path: { hold_code: code } },
          signal,
        }),
      ),
  });

function useChange<Asked, Answer>(change: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not waited for: the form that asked would be gone before it has told the result.
    onSettled: () => void client.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Let the customer know that the SIM waits (F4.6). */
export const useReady = () =>
  useChange((id: string) =>
    send(
      api.POST('/api/shipping/v1/store/shipments/{shipment_id}/ready', {
        params: { path: { shipment_id: id } },
      }),
    ),
  );

/** Give the SIM against the code and what is due (F4.7, G15). */
export const useGive = () =>
  useChange((body: Schemas['shipping.HandOver']) =>
    send(api.POST('/api/shipping/v1/store/hand-overs', { body })),
  );
