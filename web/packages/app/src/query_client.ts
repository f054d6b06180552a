import { ApiError } from '@chonso/api';
import { notifyManager, QueryClient, type QueryKey } from '@tanstack/react-query';

const TRIES = 2;

/** Try a read again only if it may help: not after a refusal, and when the server said so. */
const worthAgain = (tried: number, error: Error): boolean =>
  tried < TRIES &&
  error instanceof ApiError &&
  (error.status === 0 || error.status >= 500 || error.status === 409);

/** Build the memory of what the server answered, with its rules for trying again. */
export function queryClient(): QueryClient {
  // A press is known to be under way before the next one can come: a double tap sends nothing twice.
  notifyManager.setScheduler(queueMicrotask);
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: worthAgain,
        retryDelay: (tried, error) =>
          (error instanceof ApiError && error.retryAfter ? error.retryAfter : 2 ** tried) * 1000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return lastWordStands(client);
}

/** End a read that is under way when its answer is set: it began before the change, and would put back what was before. */
function lastWordStands(client: QueryClient): QueryClient {
  const set = client.setQueryData.bind(client) as (key: QueryKey, ...answer: unknown[]) => unknown;
  client.setQueryData = ((key: QueryKey, ...answer: unknown[]) => {
    void client.cancelQueries({ queryKey: key, exact: true });
    return set(key, ...answer);
  }) as QueryClient['setQueryData'];
  return client;
}
