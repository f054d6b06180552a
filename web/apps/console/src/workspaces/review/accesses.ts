import { api, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';

export type Place = 'kyc' | 'videocall' | 'activation';
export type Look = { id: string; at: string; staff_id: string; hold_id: string; what: string; place: Place };
export type Asked = { hold?: string | undefined; staff?: string | undefined };

const MOST = 100;

type Page = { items: (Omit<Look, 'place' | 'id'> & { id: unknown })[] };
type Query = { hold_id?: string; staff_id?: string; limit: number };

const READERS: Record<Place, (query: Query, signal: AbortSignal) => Promise<Page>> = {
  kyc: (query, signal) =>
    send(api.GET('/api/kyc/v1/access-log', { signal, params: { query } })) as Promise<Page>,
  videocall: (query, signal) =>
    send(api.GET('/api/videocall/v1/access-log', { signal, params: { query } })) as Promise<Page>,
  activation: (query, signal) =>
    send(api.GET('/api/activation/v1/access-log', { signal, params: { query } })) as Promise<Page>,
};

/** The looks of staff at people's data in all services, in the order of time. */
export const useLooks = ({ hold, staff }: Asked) =>
  useQuery({
    queryKey: ['looks', hold, staff],
    enabled: !!hold || !!staff,
    queryFn: async ({ signal }) => {
      const query: Query = { limit: MOST, ...(hold && { hold_id: hold }), ...(staff && { staff_id: staff }) };
      const places = Object.keys(READERS) as Place[];
      const pages = await Promise.all(
        places.map(async (place) =>
          (await READERS[place](query, signal)).items.map((look) => ({
            ...look,
            id: `${place}:${String(look.id)}`,
            place,
          })),
        ),
      );
      return pages.flat().sort((a, b) => b.at.localeCompare(a.at)) as Look[];
    },
  });

/** The hold behind a code or a number, or none. */
export async function holdOf(text: string): Promise<string | null> {
  const { items } = await send(api.POST('/api/order/v1/staff/journeys/search', { body: { text } }));
  return items[0]?.hold_id ?? null;
}
