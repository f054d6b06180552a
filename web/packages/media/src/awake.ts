import { useEffect } from 'react';

/** Keep the screen from going dark while something is waited for or watched, where the browser can. */
export function useAwake(needed: boolean): void {
  useEffect(() => {
    if (!needed || !navigator.wakeLock) return;
    let lock: Promise<WakeLockSentinel | undefined>;
    const hold = () => {
      if (!document.hidden) lock = navigator.wakeLock.request('screen').catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      document.removeEventListener('visibilitychange', hold);
      void lock?.then((held) => held?.release());
    };
  }, [needed]);
}
