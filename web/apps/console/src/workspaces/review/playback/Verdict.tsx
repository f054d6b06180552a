import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { words } from '../words.ts';
import type { Evidence } from './timeline.ts';

const w = words.playback;

/** Whether the evidence is as it was recorded; each piece that is not, by name. */
export function Verdict({ evidence }: { evidence: Evidence }) {
  const { faults, unread, intact, events, head } = evidence;
  if (intact)
    return (
      <div className="pb-verdict" data-look="good" role="status">
        <ShieldCheck size={20} aria-hidden="true" />
        <p>
          <b>{w.intact}</b> <span title={head}>{w.chain(events.length, head.slice(0, 12))}</span>
        </p>
      </div>
    );
  const isChanged = faults.length > 0;
  const Sign = isChanged ? ShieldAlert : ShieldQuestion;
  return (
    <div className="pb-verdict" data-look={isChanged ? 'bad' : 'warn'} role="alert">
      <Sign size={20} aria-hidden="true" />
      <div>
        <b>{isChanged ? w.changed : w.unread}</b>
        <ul>
          {[...faults, ...unread].map((piece) => (
            <li key={piece}>
              <code>{piece}</code>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
