import { ApiError, api, type Schemas, send } from '@chonso/api';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { forgetDrafts } from '../drafts.ts';
import { go } from '../router.tsx';

export type Me = Schemas['identity.Me'];

export const ME = ['me'] as const;
const HINT = 'signed-in';

/** Whether somebody signed in with this browser; the cookie itself is not for scripts to see. */
const remembered = (): boolean => localStorage.getItem(HINT) !== null;

async function readMe(): Promise<Me | null> {
  if (!remembered()) return null;
  try {
    return await send(api.GET('/api/identity/v1/me'));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** The person who is signed in: undefined while unknown, null for nobody. */
export function useMe(): Me | null | undefined {
  return useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000 }).data;
}

/** Take note that a sign-in succeeded: its answer has set the cookies. */
export async function entered(client: QueryClient): Promise<void> {
  localStorage.setItem(HINT, '1');
  client.clear();
  await client.prefetchQuery({ queryKey: ME, queryFn: readMe });
}

/** Forget the person on this device; the cookies are gone or worthless already. */
export function left(client: QueryClient): void {
  localStorage.removeItem(HINT);
  forgetDrafts();
  client.clear();
  client.setQueryData(ME, null);
}

/** Returns a function that signs out everywhere this sign-in is known, and goes to the search. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await send(api.DELETE('/api/identity/v1/sessions/current')).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    });
    left(client);
    go('/');
  };
}

/** The address of the sign-in that leads back to where the person was. */
export const signInAddress = (next = location.pathname + location.search): string =>
  `/login?next=${encodeURIComponent(next)}`;
