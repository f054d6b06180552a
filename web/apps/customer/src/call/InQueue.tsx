import { type Devices, LivePicture, switchOn, useAwake } from '@chonso/media';
import { Button, Note } from '@chonso/ui';
import { CameraOff } from 'lucide-react';
import { useCallScreenWords } from './words.ts';

/** The own picture while somebody waits; the screen stays on. */
export function InQueue({ devices, ringing }: { devices: Devices; ringing: boolean }) {
  const t = useCallScreenWords();
  useAwake(true);
  if (devices.status === 'live')
    return (
      <section className="check-ready">
        <LivePicture stream={devices.stream} own />
        <p>{ringing ? t.ownRinging : t.ownInQueue}</p>
      </section>
    );
  return (
    <Note kind="warn" icon={<CameraOff size={18} aria-hidden="true" />} live>
      <p>{t.offInQueue}</p>
      <div className="note-act">
        <Button kind="text" busy={devices.status === 'asking'} onClick={() => void switchOn()}>
          {t.switchOn}
        </Button>
      </div>
    </Note>
  );
}
