import { api, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';
import { ORDER, useChange } from './changes.ts';
import type { Region } from './regions.ts';

export const useRouting = (orderId: string, enabled: boolean) =>
  useQuery({
    queryKey: [ORDER, orderId, 'routing'],
    enabled,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/order/v1/staff/orders/{order_id}/routing', {
          params: { path: { order_id: orderId } },
          signal,
        }),
      ),
  });

export const useReroute = (orderId: string) =>
  useChange((region: Region) =>
    send(
      api.POST('/api/order/v1/staff/orders/{order_id}/reroute', {
        params: { path: { order_id: orderId } },
        body: { region },
      }),
    ),
  );
