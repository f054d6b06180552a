import { useQueries } from '@tanstack/react-query';

export const SERVICES = [
  'identity',
  'catalog',
  'hold',
  'order',
  'shipping',
  'kyc',
  'videocall',
  'activation',
  'notification',
] as const;
export type Service = (typeof SERVICES)[number];

const FRESH_MS = 10_000;

type Reading<S extends string, T> = {
  /** What each service answered; one that did not answer is left out. */
  answers: { service: S; data: T }[];
  isPending: boolean;
  error: unknown;
  failed: S[];
  refetch: () => void;
  dataUpdatedAt: number;
  isError: boolean;
};

/** Ask several services the same, and take what comes: one that is down hides nothing of the others. */
export function useServices<S extends string, T>(
  key: readonly unknown[],
  services: readonly S[],
  read: (service: S, signal: AbortSignal) => Promise<T>,
): Reading<S, T> {
  return useQueries({
    queries: services.map((service) => ({
      queryKey: [...key, service],
      queryFn: ({ signal }: { signal: AbortSignal }) => read(service, signal),
      refetchInterval: FRESH_MS,
    })),
    combine: (readings) => ({
      answers: readings.flatMap(({ data }, i) => {
        const service = services[i];
        return data !== undefined && service ? [{ service, data: data as T }] : [];
      }),
      isPending: readings.some(({ isPending }) => isPending),
      error: readings.find(({ error }) => error)?.error,
      isError: readings.some(({ isError }) => isError),
      failed: services.filter((_, i) => readings[i]?.isError),
      dataUpdatedAt: Math.min(...readings.map((reading) => reading.dataUpdatedAt)),
      refetch: () => {
        for (const reading of readings) void reading.refetch();
      },
    }),
  });
}
