import { type Devices, switchOn } from '@chonso/media';
import { Button } from '@chonso/ui';
import { useCallScreenWords } from './words.ts';

/** The way to camera and microphone: the first time, or again. */
export function DeviceButton({ devices: { status } }: { devices: Devices }) {
  const t = useCallScreenWords();
  const isNew = status === 'off' || status === 'asking';
  return (
    <Button kind="primary" large busy={status === 'asking'} onClick={() => void switchOn()}>
      {status === 'asking' ? t.asking : isNew ? t.switchOn : t.again}
    </Button>
  );
}
