import { ApiError, api, onSessionLost, refresh, type Schemas, send, signInHint } from '@chonso/api';
import { forgetDrafts } from '@chonso/app';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

export type Me = Schemas['identity.SignedIn'];

const ME = ['me'] as const;
const NAME = 'console-name';

async function readMe(): Promise<Me | null> {
  const { signed_in, can_refresh } = await send(api.GET('/api/identity/v1/sessions/current'));
  if (signed_in?.kind === 'staff') return signed_in;
  if (!can_refresh) return null;
  if (!(await refresh().catch(() => false))) return null;
  const renewed = await send(api.GET('/api/identity/v1/sessions/current'));
  return renewed.signed_in?.kind === 'staff' ? renewed.signed_in : null;
}

/** The question which member of staff is signed in; its answer is null for nobody. */
export const useWhoAmI = () => useQuery({ queryKey: ME, queryFn: readMe, staleTime: Infinity });

/** The member of staff at this console; used below the shell only, where somebody is signed in. */
export function useMe(): Me {
  const { data } = useWhoAmI();
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** Whether the signed-in person has one of these roles: what to offer, never what is allowed. */
export const useHasRole = (...roles: string[]): boolean => useMe().roles.some((role) => roles.includes(role));

/** The user name that was typed at the sign-in. */
export const myName = (): string => localStorage.getItem(NAME) ?? '';

/** Sign in as staff; the answer sets the cookies. Raises the service's refusal. */
export async function signIn(client: QueryClient, username: string, password: string): Promise<void> {
  const before = client.getQueryData<Me | null>(ME);
  const me = (await send(
    api.POST('/api/identity/v1/staff-sessions', { body: { username, password, client: 'browser' } }),
  )) as Me;
  localStorage.setItem(signInHint(), '1');
  localStorage.setItem(NAME, username);
  if (before && before.subject_id !== me.subject_id) forgetDrafts();
  setLost(false);
  client.setQueryData(ME, me);
  await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
}

/** Returns a function that signs out and forgets everything that was read and typed. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await send(api.DELETE('/api/identity/v1/sessions/current')).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    });
    localStorage.removeItem(signInHint());
    forgetDrafts();
    client.clear();
    location.assign('/console/');
  }, [client]);
}

let isLost = false;
const listeners = new Set<() => void>();

function setLost(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}

onSessionLost(() => setLost(true));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Whether the sign-in has ended while somebody works: the page stays, with what was typed, until they sign in again. */
export const useIsSessionLost = (): boolean => useSyncExternalStore(subscribe, () => isLost);
