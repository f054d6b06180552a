import { useId } from 'react';

const LARGEST = 16.5;
const ROOM = 100;
const LONG = 8;

/** A long word of a stamp stands in two lines: `Đã`, `xác nhận`. */
function linesOf(word: string): string[] {
  const [first = '', ...rest] = word.split(' ');
  return word.length > LONG && rest.length ? [first, rest.join(' ')] : [word];
}

/** The red stamp on a held number; `around` runs along its edge. */
export function Seal({ word, around, size = 108 }: { word: string; around: string; size?: number }) {
  const id = useId();
  const ring = `${around} • `.toUpperCase();
  return (
    <svg className="seal" width={size} height={size} viewBox="0 0 120 120" role="img" aria-label={word}>
      <g fill="none" stroke="currentColor">
        <circle cx="60" cy="60" r="55" strokeWidth="3.2" />
        <circle cx="60" cy="60" r="47.5" strokeWidth="1.1" />
      </g>
      <path id={id} d="M60 21a39 39 0 1 1-.1 0" fill="none" />
      <text fontSize="8.8" fill="currentColor" fontWeight="600" aria-hidden="true">
        <textPath href={`#${id}`} textLength="238" lengthAdjust="spacing">
          {ring}
          {ring}
        </textPath>
      </text>
      {linesOf(word).map((line, i, lines) => (
        <text
          key={line}
          x="60"
          y={66 + (i - (lines.length - 1) / 2) * 18}
          textAnchor="middle"
          fontSize={Math.min(LARGEST, ROOM / line.length)}
          fontWeight="600"
          fill="currentColor"
          letterSpacing=".4"
          aria-hidden="true"
        >
          {line.toUpperCase()}
        </text>
      ))}
    </svg>
  );
}
