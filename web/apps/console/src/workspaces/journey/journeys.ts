import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useQuery } from '@tanstack/react-query';
import { useHasRole } from '../../shell/session.ts';

export type JourneyPage = Schemas['order.JourneyPage'];
export type Line = JourneyPage['timeline'][number];

const UNDER_WAY = (page: JourneyPage | undefined) => page?.journey.responsible !== 'NOBODY';

/** One journey with its whole story, read every two seconds while it is under way. */
export const useJourney = (holdId: string) =>
  useLive<JourneyPage>({
    key: ['journey', holdId],
    moving: UNDER_WAY,
    read: (signal) =>
      send(
        api.GET('/api/order/v1/staff/journeys/{hold_id}', { params: { path: { hold_id: holdId } }, signal }),
      ),
  });

const once = { retry: false, refetchInterval: 15_000 } as const;

/** The parcel of a journey, for the roles that see parcels. */
export function useParcel(holdCode: string | undefined, isCard: boolean) {
  const mayAsk = useHasRole('osp_staff', 'region_manager', 'admin');
  return useQuery({
    queryKey: ['journey', 'parcel', holdCode],
    enabled: mayAsk && isCard && !!holdCode,
    ...once,
    queryFn: async ({ signal }) => {
      const body = { text: holdCode ?? '' };
      const { items } = await send(api.POST('/api/shipping/v1/staff/shipments/search', { body, signal }));
      return items[0] ?? null;
    },
  }).data;
}

/** The connection of a journey, for the connection team. */
export function useConnection(holdId: string) {
  const mayAsk = useHasRole('connection_officer', 'region_manager');
  return useQuery({
    queryKey: ['journey', 'connection', holdId],
    enabled: mayAsk,
    ...once,
    queryFn: ({ signal }) =>
      send(api.GET('/api/activation/v1/desk/{hold_id}', { params: { path: { hold_id: holdId } }, signal })),
  }).data;
}

/** The video calls of a journey, newest first, for those who look at calls. */
export function useCalls(holdId: string) {
  const mayAsk = useHasRole('region_manager', 'auditor', 'connection_officer');
  return useQuery({
    queryKey: ['journey', 'calls', holdId],
    enabled: mayAsk,
    ...once,
    queryFn: async ({ signal }) => {
      const query = { hold_id: holdId, limit: 10 };
      return (await send(api.GET('/api/videocall/v1/desk/calls', { params: { query }, signal }))).items;
    },
  }).data;
}
