import { useEffect, useState, useSyncExternalStore } from 'react';
import { Line, type LineState, NO_LINE } from './line.ts';
import type { Signalling } from './signalling.ts';

const nothing = () => () => undefined;

export type OpenLine = LineState & { seen?: (() => void) | undefined; resume?: (() => void) | undefined };

/**
 * The line of the call that a signalling belongs to, open as long as it is given (the same object for the same call).
 * Without a stream it is seen and heard, but not sent. Opened while the call rings, it carries nothing before the call is accepted.
 */
export function useLine(signalling: Signalling | null, stream: MediaStream | undefined): OpenLine {
  const [line, setLine] = useState<Line | null>(null);
  useEffect(() => {
    if (!signalling) return;
    const opened = new Line(signalling);
    setLine(opened);
    return () => {
      opened.close();
      setLine(null);
    };
  }, [signalling]);
  useEffect(() => line?.send(stream), [line, stream]);
  const state: LineState = useSyncExternalStore(line?.subscribe ?? nothing, () => line?.state ?? NO_LINE);
  return { ...state, seen: line?.seen, resume: line?.resume };
}
