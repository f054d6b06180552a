import type { Watch } from './socket.ts';
import { whenLoaded } from './use_pushed.ts';

/**
 * Take each version of a document that the service sends, and null when it must be asked for again, until the returned
 * function is called.
 */
export const watchDocument = <T>(watch: Watch, take: (body: T | null) => void): (() => void) =>
  whenLoaded((socket) => {
    const unwatch = socket.watch(watch, (body) => take(body as T));
    const unsubscribe = socket.subscribe(() => {
      if (!socket.isLive(watch)) take(null);
    });
    return () => {
      unsubscribe();
      unwatch();
    };
  });
