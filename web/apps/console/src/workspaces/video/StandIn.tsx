import type { LineState } from '@chonso/media';
import { MonitorSmartphone, PhoneMissed, User, WifiOff } from 'lucide-react';
import { useStill } from '../../record/papers.ts';
import type { Call, PhotoKind } from './calls.ts';
import { takeOf } from './steps.ts';
import { words } from './words.ts';

const w = words.stage;
const SIGNS = {
  connecting: User,
  blocked: WifiOff,
  reconnecting: WifiOff,
  elsewhere: MonitorSmartphone,
};

type Props = {
  call: Call;
  line: LineState & { resume?: (() => void) | undefined };
  /** The still of the present step, and what a kind is called. */
  kind: PhotoKind | undefined;
  nameOf: (kind: PhotoKind) => string;
};

/** What stands where the customer's picture is not: why, and the last still in a call without a line. */
export function StandIn({ call, line, kind, nameOf }: Props) {
  const shown = kind && takeOf(call, kind) ? kind : takeOf(call, 'FACE') ? 'FACE' : undefined;
  const address = useStill(call.call_id, shown ?? 'FACE', shown && takeOf(call, shown)?.sha256);
  if (call.status === 'DROPPED')
    return (
      <div className="frame-v stand">
        <PhoneMissed size={40} aria-hidden="true" />
        <b>{w.dropped}</b>
        <p>{w.droppedText}</p>
      </div>
    );
  if (line.phase === 'live') return null;
  if (line.phase === 'connecting' && address && shown)
    return (
      <figure className="frame-v still">
        <img src={address} alt={w.takenOf(nameOf(shown))} />
        <figcaption>{w.takenOf(nameOf(shown))}</figcaption>
      </figure>
    );
  const Sign = SIGNS[line.phase];
  return (
    <div className="frame-v stand" role="status">
      <Sign size={56} strokeWidth={1.3} aria-hidden="true" />
      <b>{w.phases[line.phase].title}</b>
      <p>{w.phases[line.phase].text}</p>
      {line.phase === 'elsewhere' && (
        <button type="button" className="shoot" onClick={line.resume}>
          {w.here}
        </button>
      )}
    </div>
  );
}
