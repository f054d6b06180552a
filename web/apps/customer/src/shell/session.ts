import { ApiError, api, type Schemas, send, signInHint } from '@chonso/api';
import { forgetDrafts } from '@chonso/app';
import { isLocaleChosen, setLocale } from '@chonso/i18n';
import { type QueryClient, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { go } from '../router.tsx';
import { forgetSlips } from '../slip/kept.ts';

export type Me = Schemas['identity.Me'];

export const ME = ['me'] as const;
const HINT = signInHint();
const SIGNED_OUT = 'signed-out';
const LAST_PERSON = 'last-person';

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

/** The question who is signed in; its answer is null for nobody. */
export const useWhoAmI = () => useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000 });

/** The person who is signed in: undefined while unknown, null for nobody. */
export const useMe = (): Me | null | undefined => useWhoAmI().data;

/** Take note that a sign-in succeeded: its answer has set the cookies. */
export async function entered(client: QueryClient): Promise<void> {
  localStorage.setItem(HINT, '1');
  await client.prefetchQuery({ queryKey: ME, queryFn: readMe, staleTime: 0 });
  forgetAnswers(client);
  const me = client.getQueryData<Me>(ME);
  forgetOthersDrafts(me);
  if (me?.locale === 'en' && !isLocaleChosen()) await setLocale('en');
}

/** What one person typed is not for the next one who signs in here; their own is still there. */
function forgetOthersDrafts(me: Me | undefined): void {
  if (!me) return;
  const last = sessionStorage.getItem(LAST_PERSON);
  if (last !== null && last !== me.customer_id) forgetDrafts();
  sessionStorage.setItem(LAST_PERSON, me.customer_id);
}

/** Forget the person on this device; the cookies are gone or worthless already. */
export function left(client: QueryClient): void {
  localStorage.removeItem(HINT);
  forgetSlips();
  client.setQueryData(ME, null);
  forgetAnswers(client);
}

/** Drop what was answered to another person, or to nobody; what is on the screen is asked for again. */
function forgetAnswers(client: QueryClient): void {
  const others = ({ queryKey }: { queryKey: QueryKey }) => queryKey[0] !== ME[0];
  client.removeQueries({ type: 'inactive', predicate: others });
  void client.resetQueries({ type: 'active', predicate: others });
}

/** Follow a sign-in or sign-out of another tab of this browser. */
export function useOtherTabs(): void {
  const client = useQueryClient();
  useEffect(() => {
    const follow = ({ key, newValue }: StorageEvent) => {
      if (key === SIGNED_OUT) forgetDrafts();
      if (key !== HINT) return;
      if (newValue === null) left(client);
      else void entered(client);
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [client]);
}

/** Returns a function that signs out everywhere this sign-in is known, and goes to the search. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await send(api.DELETE('/api/identity/v1/sessions/current')).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    });
    go('/');
    forgetDrafts();
    localStorage.setItem(SIGNED_OUT, String(Date.now()));
    left(client);
  };
}

/** The address of the sign-in that leads back to where the person was. */
export const signInAddress = (next = location.pathname + location.search): string =>
  `/login?next=${encodeURIComponent(next)}`;
