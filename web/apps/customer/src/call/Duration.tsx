import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** How long the call lasts, by the server's clock. */
export function Duration({ since }: { since: string }) {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="meet-t" role="timer">
      {fmt.clock(Math.max(0, (now - Date.parse(since)) / SECOND_MS))}
    </span>
  );
}
