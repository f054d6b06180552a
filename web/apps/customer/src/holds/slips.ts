import { api, type Schemas, send } from '@chonso/api';
import { useInfiniteQuery } from '@tanstack/react-query';

export type Slip = Schemas['hold.Slip'];

export const HOLDS = ['holds'] as const;

const PAGE = 20;
const FRESH_MS = 15_000;

/** The person's holds, newest first (SB.2.4). */
export const useHolds = (enabled: boolean) =>
  useInfiniteQuery({
    queryKey: HOLDS,
    enabled,
    initialPageParam: null as string | null,
    refetchInterval: FRESH_MS,
    queryFn: ({ pageParam, signal }) =>
      send(
        api.GET('/api/hold/v1/holds', {
          signal,
          params: { query: { limit: PAGE, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Look a slip up by its code and the proven phone (G11). */
export const lookUp = (hold_code: string, phone_proof: string): Promise<Slip> =>
  send(api.POST('/api/hold/v1/holds/lookup', { body: { hold_code, phone_proof } }));

/** Take a channel's slip into the account (P3.3, G06). */
export const claim = (hold_code: string, phone_proof: string): Promise<Slip> =>
  send(api.POST('/api/hold/v1/holds/claims', { body: { hold_code, phone_proof } }));
