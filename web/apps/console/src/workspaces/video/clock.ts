import { serverNow } from '@chonso/api';
import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** The present by the server's clock, a new value every second. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The seconds between two moments, never less than none. */
export const secondsSince = (moment: string, now: number): number =>
  Math.max(0, (now - Date.parse(moment)) / SECOND_MS);
