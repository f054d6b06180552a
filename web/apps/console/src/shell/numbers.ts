import { api, type Schemas, send } from '@chonso/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

export type Held = Schemas['hold.HoldItem'];

const MOST = 100;
const NONE: ReadonlyMap<string, Held> = new Map();

/** The numbers and codes of holds, by hold; those of other regions, and all until they are known, are left out. */
export function useNumbers(holds: readonly { hold_id: string }[]): ReadonlyMap<string, Held> {
  const ids = [...new Set(holds.map(({ hold_id }) => hold_id))].sort().slice(0, MOST);
  const { data } = useQuery<ReadonlyMap<string, Held>>({
    queryKey: ['numbers', ...ids],
    enabled: ids.length > 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { hold_id: ids };
      const { items } = await send(api.GET('/api/hold/v1/staff/holds', { signal, params: { query } }));
      return new Map(items.map((held) => [held.hold_id, held]));
    },
  });
  return data ?? NONE;
}
