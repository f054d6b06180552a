import { Note } from '@chonso/ui';
import { Check, CircleAlert, Info } from 'lucide-react';
import { reasonOf } from '../../record/reasons.words.ts';
import { words } from './detail.words.ts';
import type { Detail } from './shipments.ts';

const HOME: Partial<Record<Detail['status'], number>> = {
  WAITING_PAYMENT: 0,
  PENDING: 1,
  BOOKING: 2,
  BOOKED: 2,
  COLLECTION_FAILED: 2,
  DELIVERING: 3,
  DELIVERY_RETRY: 3,
  WAITING_TO_RETURN: 3,
  EXCEPTION: 3,
  DELIVERED: 5,
};
const STORE: Partial<Record<Detail['status'], number>> = {
  WAITING_PAYMENT: 0,
  PENDING: 1,
  READY_AT_STORE: 2,
  DELIVERED: 4,
};
const CHANNEL: Partial<Record<Detail['status'], number>> = {
  WAITING_PAYMENT: 0,
  PENDING: 1,
  WITH_CHANNEL: 2,
  DELIVERED: 3,
};

const BAD = new Set(['COLLECTION_FAILED', 'WAITING_TO_RETURN', 'EXCEPTION', 'LOST', 'DAMAGED']);

function stepOf({ delivery, status, packed }: Detail): number | undefined {
  if (delivery === 'STORE') return STORE[status];
  if (delivery === 'CHANNEL') return CHANNEL[status];
  const at = HOME[status];
  return at === 2 && packed ? 3 : at;
}

/** The steps of an order, and in a sentence what its state means; one that is over has no steps left. */
export function Path({ shipment }: { shipment: Detail }) {
  const at = stepOf(shipment);
  const names = words.steps[shipment.delivery.toLowerCase() as 'home' | 'store' | 'channel'];
  return (
    <>
      {at !== undefined && (
        <ol className="path" aria-label={words.steps.label}>
          {names.map((name, i) => (
            <li
              key={name}
              data-state={i < at ? 'done' : i === at ? 'now' : undefined}
              aria-current={i === at ? 'step' : undefined}
            >
              <i>{i < at && <Check size={12} strokeWidth={3} aria-hidden="true" />}</i>
              {name}
            </li>
          ))}
        </ol>
      )}
      <Meaning shipment={shipment} />
    </>
  );
}

function Meaning({ shipment }: { shipment: Detail }) {
  const { status, delivery, refused_because, reason_code, packed, handed_over_at } = shipment;
  const alert = <CircleAlert size={18} aria-hidden="true" />;
  if (refused_because)
    return (
      <Note kind="bad" icon={alert}>
        {words.refused(reasonOf(refused_because))}
      </Note>
    );
  if (handed_over_at && !packed && delivery === 'HOME')
    return (
      <Note kind="bad" icon={alert}>
        {words.leftWithoutSerial}
      </Note>
    );
  if (status === 'CANCELLED')
    return (
      <Note icon={<Info size={18} aria-hidden="true" />}>
        {shipment.status_label}: {reasonOf(reason_code ?? 'ORDER_CANCELLED')}
      </Note>
    );
  const text = words.next[status === 'PENDING' ? `PENDING_${delivery}` : status];
  if (!text || status === 'BOOKED') return null;
  return (
    <Note
      kind={BAD.has(status) ? 'warn' : 'plain'}
      icon={BAD.has(status) ? alert : <Info size={18} aria-hidden="true" />}
    >
      <b>{shipment.status_label}.</b> {text}
    </Note>
  );
}
