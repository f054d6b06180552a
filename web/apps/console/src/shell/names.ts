import { ApiError, api, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';

const known = new Map<string, string>();

/** The user names of members of staff, by id; who is asked for once is remembered. */
export async function namesOf(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
  const unknown = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, 100);
  if (unknown.length) {
    const query = { id: unknown };
    const { items } = await send(
      api.GET('/api/identity/v1/staff/names', { params: { query }, ...(signal && { signal }) }),
    );
    for (const { staff_id, username } of items) known.set(staff_id, username);
  }
  return known;
}

/** Returns a function that names a member of staff by id; nothing while the name is on its way. */
export function useNames(
  ids: readonly (string | null | undefined)[],
): (id: string | null | undefined) => string {
  const asked = [...new Set(ids.filter((id): id is string => !!id))].sort();
  const { data } = useQuery({
    queryKey: ['names', ...asked],
    enabled: asked.length > 0,
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => new Map(await namesOf(asked, signal)),
  });
  return (id) => (id && (data?.get(id) ?? known.get(id))) || '';
}

/** Raise a refusal again with the user name of the colleague it speaks of: `claimed_by_name`. */
export async function raiseNamed(error: unknown): Promise<never> {
  if (error instanceof ApiError && error.problem) {
    const facts = error.problem as unknown as Record<string, unknown>;
    const id = facts.claimed_by ?? facts.decided_by ?? facts.audited_by;
    if (typeof id === 'string')
      facts.claimed_by_name = await namesOf([id]).then(
        (names) => names.get(id),
        () => undefined,
      );
  }
  throw error;
}
