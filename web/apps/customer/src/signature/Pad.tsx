import { Button, Skeleton } from '@chonso/ui';
import { useEffect, useRef, useState } from 'react';
import type SignaturePad from 'signature_pad';
import type { PointGroup } from 'signature_pad';
import { useSignatureWords } from './words.ts';

/** A drawing as its points, and the width of the pad it was drawn on. */
export type Drawing = { strokes: PointGroup[]; width: number };

type Props = {
  drawing: Drawing;
  onChange: (drawing: Drawing) => void;
  /** Called with the way to write the drawing as a PNG in base64. */
  onReady: (read: () => string) => void;
};

/**
 * The place to sign. Its height is fixed; the points are kept outside and drawn again when the width changes, so
 * that neither a turned phone nor a hidden address bar loses the signature.
 */
export function Pad({ drawing, onChange, onReady }: Props) {
  const t = useSignatureWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);
  const [ready, setReady] = useState(false);
  const latest = useRef({ drawing, onChange, onReady });
  latest.current = { drawing, onChange, onReady };

  useEffect(() => {
    const sheet = canvas.current;
    if (!sheet) return;
    let gone = false;
    let watch: ResizeObserver | undefined;
    void import('signature_pad').then(({ default: SignaturePad }) => {
      if (gone) return;
      const made = new SignaturePad(sheet, { penColor: getComputedStyle(sheet).color });
      pad.current = made;
      made.addEventListener('endStroke', () =>
        latest.current.onChange({ strokes: made.toData(), width: sheet.clientWidth }),
      );
      let width = 0;
      watch = new ResizeObserver(() => {
        if (sheet.clientWidth === width) return;
        width = sheet.clientWidth;
        redraw(made, sheet, latest.current.drawing);
      });
      watch.observe(sheet);
      latest.current.onReady(() => made.toDataURL('image/png').split(',')[1] ?? '');
      setReady(true);
    });
    return () => {
      gone = true;
      watch?.disconnect();
      pad.current?.off();
    };
  }, []);

  return (
    <section className="stack" aria-labelledby="signature">
      <h2 id="signature">{t.signature}</h2>
      <div className="pad-sheet">
        <canvas ref={canvas} className="pad-canvas" role="img" aria-label={t.signHere} />
        {drawing.strokes.length === 0 && ready && <p aria-hidden="true">{t.signHere}</p>}
        {!ready && <Skeleton height={200} />}
      </div>
      <div className="pad-clear">
        {drawing.strokes.length > 0 && (
          <Button
            kind="text"
            onClick={() => {
              pad.current?.clear();
              onChange({ strokes: [], width: 0 });
            }}
          >
            {t.clear}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Give the canvas the pixels of its new width, and draw the strokes again in it. */
function redraw(pad: SignaturePad, sheet: HTMLCanvasElement, { strokes, width }: Drawing): void {
  const ratio = Math.max(devicePixelRatio, 1);
  sheet.width = sheet.clientWidth * ratio;
  sheet.height = sheet.clientHeight * ratio;
  sheet.getContext('2d')?.scale(ratio, ratio);
  pad.clear();
  pad.fromData(fitted(strokes, width ? Math.min(1, sheet.clientWidth / width) : 1));
}

/** Shrink strokes to a narrower pad; a wider one leaves them as they are. */
export const fitted = (strokes: PointGroup[], factor: number): PointGroup[] =>
  factor === 1
    ? strokes
    : strokes.map((stroke) => ({
        ...stroke,
        points: stroke.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })),
      }));
