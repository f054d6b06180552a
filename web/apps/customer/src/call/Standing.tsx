import { type Devices, type LineState, switchOn } from '@chonso/media';
import { Arcs } from '@chonso/ui';
import { CameraOff, MonitorSmartphone, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { WaysBack } from './DeviceCheck.tsx';
import { useCallScreenWords } from './words.ts';

type Props = { line: LineState & { resume?: (() => void) | undefined }; devices: Devices };
type Said = {
  sign: ReactNode;
  title: string;
  text: string;
  more?: ReactNode;
  act?: [name: string, press: () => void];
};

/** What stands in the way of the agent's picture or of the own, and what to do; nothing while the call is live. */
export function Standing({ line, devices }: Props) {
  const said = useSaid(line, devices);
  return (
    <div className="meet-say" role="status">
      {said && (
        <>
          {said.sign}
          <b>{said.title}</b>
          <p>{said.text}</p>
          {said.more}
          {said.act && (
            <button type="button" className="meet-b" onClick={said.act[1]}>
              {said.act[0]}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function useSaid({ phase, resume }: Props['line'], devices: Devices): Said | null {
  const t = useCallScreenWords();
  if (phase === 'elsewhere')
    return {
      sign: <MonitorSmartphone size={34} aria-hidden="true" />,
      title: t.elsewhere,
      text: t.elsewhereText,
      act: [t.here, () => resume?.()],
    };
  if (devices.status === 'off' || devices.status === 'asking')
    return {
      sign: <CameraOff size={34} aria-hidden="true" />,
      title: t.unseen,
      text: t.unseenText,
      act: [t.switchOn, () => void switchOn()],
    };
  if (devices.status !== 'live')
    return {
      sign: <CameraOff size={34} aria-hidden="true" />,
      title: t.off[devices.status][devices.device],
      text: t.offText[devices.status],
      more: devices.status === 'refused' && <WaysBack />,
      act: [t.again, () => void switchOn()],
    };
  if (phase === 'live') return null;
  const isWaiting = phase === 'connecting';
  return {
    sign: isWaiting ? <Arcs size={40} /> : <WifiOff size={34} aria-hidden="true" />,
    title: t[phase],
    text: t[`${phase}Text`],
  };
}
