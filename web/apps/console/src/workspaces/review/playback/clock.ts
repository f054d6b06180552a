import { useCallback, useEffect, useState } from 'react';

const TICK_MS = 100;

/** The one clock that both pictures follow: a moment on the time line, in ms, which runs while it plays. */
export function useClock(length: number) {
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - before;
      before = now;
      setAt((moment) => Math.min(length, moment + passed));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [playing, length]);
  useEffect(() => {
    if (at >= length) setPlaying(false);
  }, [at, length]);
  const seek = useCallback((to: number) => setAt(Math.min(length, Math.max(0, to))), [length]);
  const toggle = useCallback(() => {
    setAt((moment) => (moment >= length ? 0 : moment));
    setPlaying((plays) => !plays);
  }, [length]);
  return { at, playing, seek, toggle };
}
