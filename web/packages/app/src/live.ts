import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';

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
  enabled?: boolean;
  /** Read on while the page is hidden: a place in a queue is kept by asking. */
  background?: boolean;
};

/** A thing of the server, kept fresh while the page is looked at. The one place that knows how news arrives. */
export function useLive<T>({
  key,
  read,
  moving = () => false,
  enabled = true,
  background = false,
}: Options<T>) {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      const pace = moving(query.state.data as T | undefined);
      if (typeof pace === 'number') return pace;
      return pace || isSettling() ? QUICK_MS : CALM_MS;
    },
    refetchIntervalInBackground: background,
    refetchOnWindowFocus: true,
  });
}
