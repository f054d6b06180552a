import { fmt } from '@chonso/i18n';
import { Note } from '@chonso/ui';
import { CircleX, Undo2 } from 'lucide-react';
import type { Journey } from './journey.ts';
import { type SlipWords, useSlipWords } from './words.ts';

const BY_CLOCK = ['NOT_COLLECTED', 'NOT_DELIVERED', 'NOT_PICKED_UP', 'ACTIVATION_EXPIRED'] as const;

/** Why a hold is over, by the last thing its story says. */
export function whyEnded({ slip, story, order }: Journey): keyof SlipWords['endedText'] {
  const reasons = story.map(({ reason_code }) => reason_code);
  for (const reason of BY_CLOCK)
    if (reasons.includes(reason) && reasons.lastIndexOf(reason) >= 0) return reason;
  if (order?.status === 'CANCELLED' && order.cancel.cancelled_by !== 'SYSTEM') return 'ORDER_CANCELLED';
  if (slip.status === 'EXPIRED') return 'PAYMENT';
  if (reasons.includes('CUSTOMER')) return 'CUSTOMER';
  return slip.entrance === 'CHANNEL' ? 'CHANNEL' : 'OTHER';
}

/** What became of a hold that is over: why, what happens with the money, and what can be done now. */
export function Ended({ journey }: { journey: Journey }) {
  const t = useSlipWords();
  const { slip, order, story } = journey;
  if (slip.status !== 'EXPIRED' && slip.status !== 'RELEASED') return null;
  return (
    <>
      <Note kind="warn" icon={<CircleX size={18} aria-hidden="true" />}>
        <b>{t.ended[slip.status]}.</b> {t.endedText[whyEnded(journey)]} {t.endedNow}
      </Note>
      {story.some(({ event }) => event === 'HoldLost') && (
        <Note icon={<CircleX size={18} aria-hidden="true" />}>{t.lost}</Note>
      )}
      {order?.refunds?.map((refund) => (
        <Note key={refund.refund_id} kind="good" icon={<Undo2 size={18} aria-hidden="true" />}>
          {(refund.state === 'SETTLED' ? t.refunded : t.refund)(fmt.vnd(refund.amount_vnd))}
        </Note>
      ))}
    </>
  );
}
