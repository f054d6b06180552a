import type { ReactNode } from 'react';
import { type Drawing, drawingOf, gapsOf, type Span } from './pattern.ts';

const CELL = 10;
const GAP = 5.2;
const DEPTH = 9;

type Places = { left: number[]; width: number };

function placesOf(digits: string, gaps: Set<number>): Places {
  const left: number[] = [];
  let x = 0;
  for (let i = 0; i < digits.length; i++) {
    if (gaps.has(i)) x += GAP;
    left.push(x);
    x += CELL;
  }
  return { left, width: x };
}

function marks({ kind, spans }: Drawing, { left }: Places): ReactNode[] {
  const at = (i: number) => left[i] ?? 0;
  const middle = (i: number) => at(i) + CELL / 2;
  const centre = ({ start, end }: Span) => (middle(start) + middle(end - 1)) / 2;
  const bar = ({ start, end }: Span) => (
    <path key={`bar-${start}`} d={`M${at(start) + 1.6} 1.1H${at(end - 1) + CELL - 1.6}`} />
  );
  if (kind === 'ties') {
    const ties = spans.slice(1).map((span, i) => {
      const from = centre(spans[i] ?? span) + (i ? 1.6 : 0);
      const to = centre(span) - (i < spans.length - 2 ? 1.6 : 0);
      const path = `M${from} 2.6C${from} ${DEPTH} ${to} ${DEPTH} ${to} 2.6`;
      return <path key={`tie-${span.start}`} d={path} opacity=".55" />;
    });
    return [...spans.map(bar), ...ties];
  }
  if (kind === 'arcs') return arcsUnder(spans, middle);
  if (kind === 'stair') return spans.map((span) => stairUnder(span, at));
  return spans.flatMap(({ start, end }) =>
    Array.from({ length: end - start }, (_, i) => (
      <path key={`dash-${start + i}`} d={`M${at(start + i) + 2} 1.1h${CELL - 4}`} />
    )),
  );
}

/** Nested arcs join the digits of a mirror, the outermost first. */
function arcsUnder(spans: Span[], middle: (i: number) => number): ReactNode[] {
  return spans.flatMap(({ start, end }) => {
    const half = Math.floor((end - start) / 2);
    return Array.from({ length: half }, (_, i) => {
      const [from, to] = [middle(start + i), middle(end - 1 - i)];
      const depth = 2.2 + ((half - i) / half) * (DEPTH - 1.6);
      const path = `M${from} .9C${from} ${depth} ${to} ${depth} ${to} .9`;
      return <path key={`arc-${start}-${i}`} d={path} opacity={1 - i * 0.22} />;
    });
  });
}

function stairUnder({ start, end }: Span, at: (i: number) => number): ReactNode {
  let path = `M${at(start)} ${DEPTH - 2}`;
  for (let i = start; i < end; i++) {
    const y = DEPTH - 2 - ((i - start) / Math.max(1, end - start - 1)) * (DEPTH - 3.4);
    path += `V${y}H${at(i) + CELL}`;
  }
  return <path key={`stair-${start}`} d={path} strokeLinejoin="round" />;
}

type Props = {
  /** The ten digits set apart, as the services answer them: `0901 68 68 68`. */
  display: string;
  /** The class of the catalogue, which says what is drawn. */
  priceClass?: string;
  size?: 'sm' | 'md' | 'lg';
};

/** A phone number whose pattern is drawn, not described. */
export function Msisdn({ display, priceClass = '', size = 'md' }: Props) {
  const value = display.replace(/\D/g, '');
  const gaps = gapsOf(display);
  const places = placesOf(value, gaps);
  const drawing = drawingOf(value, priceClass);
  const isDrawn = (i: number) => !!drawing?.spans.some(({ start, end }) => i >= start && i < end);
  const digits = [...value];
  return (
    <span
      className={`ms ms-${size}`}
      role="img"
      aria-label={digits.map((d, i) => (gaps.has(i) ? ` ${d}` : d)).join('')}
    >
      <span className="ms-row" aria-hidden="true">
        {digits.map((digit, i) => (
          <span key={i} className={isDrawn(i) ? 'ms-d is-in' : 'ms-d'} data-gap={gaps.has(i) || undefined}>
            {digit}
          </span>
        ))}
      </span>
      <svg
        className="ms-marks"
        viewBox={`0 0 ${places.width} ${DEPTH}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {drawing && marks(drawing, places)}
      </svg>
    </span>
  );
}
