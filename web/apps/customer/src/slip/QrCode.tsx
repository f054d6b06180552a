import encodeQR from 'qr';
import { useMemo } from 'react';

const QUIET = 3;

/** A QR code, drawn as one path: black on white in both themes, because cameras read it so. */
export default function QrCode({ text, name }: { text: string; name: string }) {
  const { path, size } = useMemo(() => {
    const dots = encodeQR(text, 'raw', { border: QUIET });
    const path = dots
      .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
      .join('');
    return { path, size: dots.length };
  }, [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={name}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
