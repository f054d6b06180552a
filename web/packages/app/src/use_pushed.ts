import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Watch } from './socket.ts';

/** Take a document's changes as the service sends them, and say whether it does so now: else it has to be asked for. */
export function usePushed(key: QueryKey, watch: Watch | undefined, say: (isLive: boolean) => void): void {
  const client = useQueryClient();
  // Keys and documents are made anew by each render: their text says whether they are others.
  const text = watch && JSON.stringify([key, watch]);
  useEffect(() => {
    if (!text) return;
    const [kept, watched] = JSON.parse(text) as [QueryKey, Watch];
    return whenLoaded((socket) => {
      const unwatch = socket.watch(watched, (body) => client.setQueryData(kept, body));
      const unsubscribe = socket.subscribe(() => say(socket.isLive(watched)));
      return () => {
        unsubscribe();
        unwatch();
        say(false);
      };
    });
  }, [client, text, say]);
}

type Socket = typeof import('./socket.ts').socket;

/** Use the socket, whose code is loaded by the first who needs it, until the returned function is called. */
export function whenLoaded(use: (socket: Socket) => () => void): () => void {
  let end: (() => void) | undefined;
  let isOver = false;
  void import('./socket.ts').then(
    ({ socket }) => {
      if (!isOver) end = use(socket);
    },
    () => undefined,
  );
  return () => {
    isOver = true;
    end?.();
  };
}
