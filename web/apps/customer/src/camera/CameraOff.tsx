import { Note } from '@chonso/ui';
import { Camera, CameraOff as CameraOffIcon, ShieldCheck } from 'lucide-react';
import type { Shape } from './LiveCamera.tsx';
import type { Camera as CameraState } from './stream.ts';
import { useCameraWords } from './words.ts';

type Props = { status: CameraState['status']; shape: Shape };

/** The place of the live picture while there is none: what to do, and how to switch the camera on again. */
export function CameraOff({ status, shape }: Props) {
  const t = useCameraWords();
  if (status !== 'refused' && status !== 'absent' && status !== 'busy')
    return (
      <>
        <div className={`live live-${shape} is-off`} aria-busy={status === 'asking'}>
          <div className="guide" />
          <Camera size={36} aria-hidden="true" />
        </div>
        <Note icon={<ShieldCheck size={18} aria-hidden="true" />}>{t.why}</Note>
      </>
    );
  return (
    <>
      <Note kind="warn" icon={<CameraOffIcon size={18} aria-hidden="true" />} live>
        <b>{t.off[status]}</b>
        <p>{t.offText[status]}</p>
      </Note>
      {status === 'refused' && (
        <section className="how">
          <h2>{t.howTo}</h2>
          <ol>
            {waysBack(t).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function waysBack(t: ReturnType<typeof useCameraWords>): string[] {
  if (/iPhone|iPad/.test(navigator.userAgent)) return t.howToIos;
  return /Android/.test(navigator.userAgent) ? t.howToAndroid : t.howToComputer;
}
