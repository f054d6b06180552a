import { Button } from '@chonso/ui';
import { useEffect, useRef } from 'react';
import { CameraOff } from './CameraOff.tsx';
import { switchOn, useCamera } from './stream.ts';
import { useCameraWords } from './words.ts';

const LOOK_EVERY_MS = 250;
const FORMATS = ['code_128', 'code_39', 'itf', 'ean_13', 'data_matrix', 'qr_code'];

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type Detectors = { BarcodeDetector?: new (options: { formats: string[] }) => Detector };

/** Tell whether this browser reads barcodes by itself; others leave it to typing. */
export const canScan = (): boolean => 'BarcodeDetector' in window;

/** The live picture, looked at for a barcode until one is found. */
export function Scanner({ onRead, onStop }: { onRead: (text: string) => void; onStop: () => void }) {
  const t = useCameraWords();
  const camera = useCamera('environment');
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(onRead);
  read.current = onRead;
  const stream = camera.status === 'live' ? camera.stream : undefined;
  useEffect(() => {
    const screen = video.current;
    const { BarcodeDetector } = window as Detectors;
    if (!screen || !stream || !BarcodeDetector) return;
    screen.srcObject = stream;
    void screen.play().catch(() => undefined);
    const detector = new BarcodeDetector({ formats: FORMATS });
    const timer = setInterval(() => {
      if (screen.readyState < screen.HAVE_CURRENT_DATA) return;
      void detector
        .detect(screen)
        .then((codes) => codes.forEach((code) => void read.current(code.rawValue)))
        .catch(() => undefined);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [stream]);
  return (
    <section className="stack" aria-label={t.scanning}>
      {stream ? (
        <div className="live live-sim">
          <video ref={video} playsInline muted autoPlay aria-hidden="true" />
          <div className="guide" />
        </div>
      ) : (
        <>
          <CameraOff status={camera.status} shape="sim" />
          <Button kind="quiet" onClick={() => void switchOn('environment')}>
            {t.switchOn}
          </Button>
        </>
      )}
      <p className="field-hint">{t.scanning}</p>
      <Button kind="text" onClick={onStop}>
        {t.stopScan}
      </Button>
    </section>
  );
}
