import { CircleCheck, CircleDashed, CircleDot, CircleSlash, CircleX } from 'lucide-react';
import type { Slip } from './slips.ts';
import { useHoldsWords } from './words.ts';

const SIGNS = {
  DRAFT: { Sign: CircleDashed, tone: 'warn' },
  HELD: { Sign: CircleDot, tone: 'warn' },
  CONFIRMED: { Sign: CircleDot, tone: 'now' },
  CONSUMED: { Sign: CircleCheck, tone: 'good' },
  RELEASED: { Sign: CircleSlash, tone: 'over' },
  EXPIRED: { Sign: CircleX, tone: 'over' },
} as const;

/** The status of a hold: a word, a shape, a colour. */
export function HoldStatus({ slip }: { slip: Slip }) {
  const t = useHoldsWords();
  const { Sign, tone } = SIGNS[slip.status];
  const word = slip.status === 'HELD' && slip.entrance === 'CHANNEL' ? t.heldAtShop : t.status[slip.status];
  return (
    <span className="mark" data-tone={tone}>
      <Sign size={16} aria-hidden="true" />
      {word}
    </span>
  );
}
