import { useSyncExternalStore } from 'react';

const LOCK = 'chonso-console-leader';
const listeners = new Set<() => void>();
let leads = false;

/** Stand for leader once: of all tabs of this browser one rings and notifies, and the next takes over when it closes. */
export function standForLeader(): void {
  void navigator.locks?.request(LOCK, () => {
    leads = true;
    for (const listener of listeners) listener();
    return new Promise<never>(() => undefined);
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Whether this tab is the one that makes sounds and shows notifications. */
export const useIsLeader = (): boolean => useSyncExternalStore(subscribe, () => leads);
