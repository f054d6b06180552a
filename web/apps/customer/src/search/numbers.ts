import { api, type Schemas, send } from '@chonso/api';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { maskOf } from './mask.ts';
import { isOpen, type Query } from './query.ts';

export type Offer = Schemas['catalog.NumberView'];
type Page = Schemas['catalog.Page_NumberView_'];

const PAGE = 20;
const OFFERS_STAY_MS = 5 * 60_000;

/** What a first look shows: classes with something to see, mixed, at prices that most can pay. */
const SUGGESTED = ['SOI_GUONG', 'SANH_TIEN_4', 'TAM_HOA', 'LAP', 'NAM_SINH', 'TAXI_2'] as const;
const ORDERS = { nice: 'price_desc', price: 'price', number: 'number' } as const;

function orderOf(query: Query) {
  if (isOpen(query)) return { sort: 'number' as const, price_class: [...SUGGESTED] };
  const classes = query.classes as (typeof SUGGESTED)[number][];
  return { sort: ORDERS[query.sort], ...(classes.length && { price_class: classes }) };
}

/** The numbers that fit a search, page after page (F3.1, P1.2). */
export function useNumbers(query: Query) {
  const mask = maskOf(query.cells);
  return useInfiniteQuery({
    queryKey: ['numbers', query],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    gcTime: OFFERS_STAY_MS,
    queryFn: ({ pageParam, signal }): Promise<Page> =>
      send(
        api.GET('/api/catalog/v1/numbers', {
          signal,
          params: {
            query: {
              limit: PAGE,
              ...orderOf(query),
              ...(mask && { mask }),
              ...(query.prefix && { prefix: query.prefix }),
              ...(query.region && { region: query.region }),
              ...(query.min !== null && { min_price: query.min }),
              ...(query.max !== null && { max_price: query.max }),
              ...(pageParam && { after: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** The classes of nice numbers, the rarest first. */
export const useClasses = () =>
  useQuery({
    queryKey: ['classes'],
    queryFn: () => send(api.GET('/api/catalog/v1/number-classes')),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The promotions that run now, by kind of SIM (SB.6). */
export const usePromotions = () =>
  useQuery({
    queryKey: ['promotions'],
    queryFn: () => send(api.GET('/api/catalog/v1/promotions')),
    staleTime: OFFERS_STAY_MS,
  });

/** One number with a fresh offer, as a link or a return from the sign-in needs it. */
export const readOffer = (msisdn: string): Promise<Offer> =>
  send(api.GET('/api/catalog/v1/numbers/{msisdn}', { params: { path: { msisdn } } }));
