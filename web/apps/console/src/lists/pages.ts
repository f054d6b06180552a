import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

const FRESH_MS = 5_000;

export type PageOf<R> = { items: R[]; next?: string | null };

type Options<P> = {
  key: QueryKey;
  read: (after: string | null, signal: AbortSignal) => Promise<P>;
  enabled?: boolean;
};

/**
 * A list read page after page, and read anew every few seconds while it is looked at. What somebody has scrolled to
 * stays where it is; further pages are read when the table's end comes near.
 */
export function usePages<R, P extends PageOf<R> = PageOf<R>>({ key, read, enabled = true }: Options<P>) {
  const reading = useInfiniteQuery({
    queryKey: key,
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Many pages are not read anew behind somebody's back: they would come one after the other.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= 2 ? FRESH_MS : false),
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= 2,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = reading;
  const rows = useMemo(() => reading.data?.pages.flatMap(({ items }) => items) ?? [], [reading.data]);
  return {
    reading,
    rows,
    loading: reading.isPending || reading.isPlaceholderData,
    onEnd: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined,
  };
}
