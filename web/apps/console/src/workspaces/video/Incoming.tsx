import { fmt } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { TriangleAlert } from 'lucide-react';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import type { Offer } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { words } from './words.ts';

const w = words.incoming;
const RADIUS = 46;
const ROUND = 2 * Math.PI * RADIUS;

type Props = {
  offer: Offer;
  number: string | undefined;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
};

/** A call that rings here: whose it is, and a ring that runs down until it goes to a colleague. */
export function Incoming({ offer, number, busy, onAccept, onDecline }: Props) {
  const now = useNow();
  useKeys(words.keys, [
    { key: 'Enter', name: w.accept, run: onAccept, enabled: !busy },
    { key: 'x', name: w.decline, run: onDecline, enabled: !busy },
  ]);
  return (
    <section
      className="incoming"
      role="alertdialog"
      aria-labelledby="incoming-h"
      aria-describedby="incoming-d"
    >
      <RingDown offer={offer} now={now} />
      <p className="incoming-k">{w.title}</p>
      <h2 id="incoming-h">{number ?? words.queue.caller}</h2>
      <ul id="incoming-d" className="incoming-f">
        <li>{offer.region}</li>
        {offer.sim && <li>{words.sim[offer.sim]}</li>}
        <li>{words.queue.time(offer.earlier_calls)}</li>
        <li>{words.queue.waited(fmt.clock(secondsSince(offer.queued_at, now)))}</li>
        {offer.appointment_at && <li>{words.queue.appointment(fmt.hour(offer.appointment_at))}</li>}
        {offer.returning && <li>{words.queue.returning}</li>}
      </ul>
      {(offer.earlier_rejections > 0 || offer.missed_offers > 0) && (
        <p className="incoming-r">
          <TriangleAlert size={16} aria-hidden="true" />
          {w.risks(offer.earlier_rejections, offer.missed_offers)}
        </p>
      )}
      <footer>
        <Button kind="primary" large busy={busy} onClick={onAccept}>
          {w.accept}
          <Kbd of="Enter" />
        </Button>
        <Button kind="quiet" large disabled={busy} onClick={onDecline}>
          {w.decline}
          <Kbd of="x" />
        </Button>
      </footer>
    </section>
  );
}

function RingDown({ offer, now }: { offer: Offer; now: number }) {
  const whole = (Date.parse(offer.expires_at) - Date.parse(offer.offered_at)) / 1000;
  const left = Math.max(0, Math.ceil((Date.parse(offer.expires_at) - now) / 1000));
  const filled = Math.min(1, left / whole) * ROUND;
  return (
    <div className="ringdown" role="timer" aria-label={w.left(left)} data-hot={left <= 5 || undefined}>
      <svg viewBox="0 0 104 104" aria-hidden="true">
        <circle cx="52" cy="52" r={RADIUS} />
        <circle cx="52" cy="52" r={RADIUS} strokeDasharray={`${filled.toFixed(1)} ${ROUND}`} />
      </svg>
      <b>{left}</b>
    </div>
  );
}
