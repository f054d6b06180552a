import type { Bars } from './quality.ts';

const HEIGHTS = [4, 7, 10, 13];

/** The bars of a connection; those it lacks are pale. */
export function NetworkBars({ bars }: { bars: Bars | null }) {
  return (
    <svg width="18" height="14" viewBox="0 0 18 14" fill="currentColor" aria-hidden="true">
      {HEIGHTS.map((height, at) => (
        <rect
          key={height}
          x={at * 4.8}
          y={14 - height}
          width="3"
          height={height}
          rx="1"
          opacity={at < (bars ?? 0) ? 1 : 0.3}
        />
      ))}
    </svg>
  );
}
