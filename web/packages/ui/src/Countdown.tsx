import { fmt } from '@chonso/i18n';
import { useEffect, useRef, useState } from 'react';

const SOON_SECONDS = 60;

type Props = {
  /** The moment it ends, as the service said it. */
  until: string;
  /** The server's present moment in milliseconds. */
  now: () => number;
  onEnd?: () => void;
};

/** The time left until a moment of the server's clock, second by second; read out once a minute only. */
export function Countdown({ until, now, onEnd }: Props) {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts anew for another end only
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() > 0) return;
      clearInterval(timer);
      ended.current?.();
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <time
      className="count-down"
      dateTime={until}
      data-soon={seconds <= SOON_SECONDS}
      role="timer"
      aria-live="off"
    >
      {fmt.clock(seconds)}
    </time>
  );
}
