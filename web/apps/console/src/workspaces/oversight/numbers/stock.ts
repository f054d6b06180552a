import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../../lists/pages.ts';
import type { StockSearch } from './routes.tsx';

export type StockNumber = Schemas['catalog.StockNumber'];
export type Status = Schemas['catalog.Status'];
export const STATUSES = [
  'AVAILABLE',
  'SOFT_LOCKED',
  'HELD',
  'ALLOCATED',
  'ACTIVE',
  'QUARANTINED',
  'WITHDRAWN',
] as const satisfies readonly Status[];

const PAGE = 100;
const KEY = ['stock'];

type Region = NonNullable<StockNumber['stock_region']>;

/** The numbers of the stock that fit, in the order of their digits, and how many there are in all. */
export function useStock({ mask, status, region }: StockSearch) {
  const criteria = {
    ...(mask && { mask }),
    ...(status && { status: status as Status }),
    ...(region && { region: region as Region }),
  };
  const pages = usePages<StockNumber>({
    key: [...KEY, criteria],
    read: (after, signal) =>
      send(
        api.GET('/api/catalog/v1/staff/numbers', {
          params: { query: { ...criteria, limit: PAGE, ...(after && { after }) } },
          signal,
        }),
      ),
  });
  const first = pages.reading.data?.pages[0] as Schemas['catalog.StockPage'] | undefined;
  return { ...pages, total: first?.total };
}

/** How many numbers have which status, in one region or all. */
export const useCounts = (region: string | undefined) =>
  useLive({
    key: [...KEY, 'counts', region],
    read: (signal) =>
      send(
        api.GET('/api/catalog/v1/staff/numbers/counts', {
          params: { query: region ? { region: region as Region } : {} },
          signal,
        }),
      ),
  });

/** Take a number off sale, put it on sale, or give it another price. */
export function useNumber(numberId: string) {
  const client = useQueryClient();
  const params = { path: { number_id: numberId } };
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    withdraw: useMutation({
      mutationFn: (reason_code: string) =>
        send(api.POST('/api/catalog/v1/numbers/{number_id}/withdraw', { params, body: { reason_code } })),
      onSuccess,
    }),
    publish: useMutation({
      mutationFn: (price_vnd: number | null) =>
        send(api.POST('/api/catalog/v1/numbers/{number_id}/publish', { params, body: { price_vnd } })),
      onSuccess,
    }),
  };
}
