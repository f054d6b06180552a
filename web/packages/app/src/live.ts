import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Watch } from './socket.ts';
import { usePushed } from './use_pushed.ts';

const QUICK_MS = 2_000;
const CALM_MS = 15_000;
const SETTLING_MS = 10_000;

const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];

/** Tell whether a request that the page sent before it was loaded anew may still be changing something. */
const isSettling = (): boolean => navigation?.type === 'reload' && performance.now() < SETTLING_MS;

type Options<T> = {
  key: QueryKey;
  read: (signal: AbortSignal) => Promise<T>;
  /**
   * Tell whether something may change at any moment: it is then read every two seconds, or after as many milliseconds
   * as this says, else now and then.
   */
  moving?: (data: T | undefined) => boolean | number;
  /** What the service sends of it by itself, where it does: it is then read only now and then. */
  pushed?: (data: T | undefined) => Watch | undefined;
  enabled?: boolean;
  /** Read on while the page is hidden: a place in a queue is kept by asking. */
  background?: boolean;
};

/** A thing of the server, kept fresh while the page is looked at. The one place that knows how news arrives. */
export function useLive<T>({
  key,
  read,
  moving = () => false,
  pushed = () => undefined,
  enabled = true,
  background = false,
}: Options<T>) {
  const [isPushed, setPushed] = useState(false);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      if (isPushed) return CALM_MS;
      const pace = moving(query.state.data as T | undefined);
      if (typeof pace === 'number') return pace;
      return pace || isSettling() ? QUICK_MS : CALM_MS;
    },
    refetchIntervalInBackground: background,
    refetchOnWindowFocus: true,
  });
  usePushed(key, enabled ? pushed(query.data) : undefined, setPushed);
  return query;
}
