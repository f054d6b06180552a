import { serverNow } from '@chonso/api';
import { Countdown, Msisdn } from '@chonso/ui';
import type { Slip } from '../hold/holds.ts';
import { usePayWords } from './words.ts';

/** The number at stake, and how long it is kept for a payment that is still due. */
export function Keep({ slip, onEnd }: { slip: Slip; onEnd?: () => void }) {
  const t = usePayWords();
  return (
    <section className="lock">
      <Msisdn display={slip.display} priceClass={slip.price_class} />
      {onEnd && slip.status === 'HELD' && (
        <p>
          {t.before} <Countdown until={slip.expires_at} now={serverNow} onEnd={onEnd} />
        </p>
      )}
    </section>
  );
}
