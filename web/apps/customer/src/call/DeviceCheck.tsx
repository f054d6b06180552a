import type { Devices } from '@chonso/media';
import { Note } from '@chonso/ui';
import { CameraOff, MicOff, ShieldCheck, Video } from 'lucide-react';
import { Link } from '../router.tsx';
import { OwnPicture } from './OwnPicture.tsx';
import { type CallScreenWords, useCallScreenWords } from './words.ts';

/** Camera and microphone before the queue: the own picture, or what to do where there is none (F5a.8, LAW09). */
export function DeviceCheck({ devices, holdId }: { devices: Devices; holdId: string }) {
  const t = useCallScreenWords();
  if (devices.status === 'live') return <OwnPicture stream={devices.stream} />;
  if (devices.status === 'off' || devices.status === 'asking')
    return (
      <section
        className="check-own"
        aria-label={t.check}
        aria-busy={devices.status === 'asking' || undefined}
      >
        <div className="check-blank">
          <Video size={36} aria-hidden="true" />
        </div>
        <p className="check-why">
          <ShieldCheck size={18} aria-hidden="true" />
          {t.why}
        </p>
      </section>
    );
  const Sign = devices.device === 'MICROPHONE' ? MicOff : CameraOff;
  return (
    <>
      <Note kind="warn" icon={<Sign size={18} aria-hidden="true" />} live>
        <b>{t.off[devices.status][devices.device]}</b>
        <p>{t.offText[devices.status]}</p>
      </Note>
      {devices.status === 'refused' && <WaysBack />}
      <OtherWays holdId={holdId} />
    </>
  );
}

/** How the person allows camera and microphone again, on the device in hand. */
export function WaysBack() {
  const t = useCallScreenWords();
  return (
    <section className="how">
      <h2>{t.howTo}</h2>
      <ol>
        {waysBack(t).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

function waysBack(t: CallScreenWords): string[] {
  if (/iPhone|iPad/.test(navigator.userAgent)) return t.howToIos;
  return /Android/.test(navigator.userAgent) ? t.howToAndroid : t.howToComputer;
}

/** No call from this device now: an appointment, or a store. */
function OtherWays({ holdId }: { holdId: string }) {
  const t = useCallScreenWords();
  return (
    <section className="how">
      <h2>{t.otherWays}</h2>
      <p className="lead">{t.otherWaysText}</p>
      <Link className="btn btn-quiet" href={`/holds/${holdId}`}>
        {t.toStores}
      </Link>
    </section>
  );
}
