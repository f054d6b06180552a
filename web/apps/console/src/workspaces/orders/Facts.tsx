import { fmt } from '@chonso/i18n';
import type { ReactNode } from 'react';
import { reasonOf } from '../../record/reasons.words.ts';
import { words } from './detail.words.ts';
import { type Detail, useOrder } from './shipments.ts';
import { words as list } from './words.ts';

const { facts } = words;
const time = (at: string | null | undefined) => (at ? fmt.time(at) : null);

/** Apart in fours, as it is printed on the card. */
export const inFours = (serial: string): string => serial.replace(/(\d{4})(?=\d)/g, '$1 ');

/** All that is known of an order, the empty lines left out. */
export function Facts({ shipment }: { shipment: Detail }) {
  const order = useOrder(shipment.order_id).data;
  const { address } = shipment;
  const lines: [string, ReactNode][] = [
    [facts.payment, order?.payment_label_vi ?? list.paymentsLong[shipment.payment]],
    [facts.total, order && (order.total_vnd ? fmt.vnd(order.total_vnd) : null)],
    [facts.due, shipment.cod_due_vnd ? fmt.vnd(shipment.cod_due_vnd) : null],
    [facts.phone, address && fmt.phone(address.phone)],
    [facts.address, address ? `${address.street}, ${address.ward}, ${address.province}` : null],
    [facts.note, address?.note],
    [facts.place, address ? null : shipment.goes_to],
    [facts.serial, shipment.sim_serial && inFours(shipment.sim_serial)],
    [
      facts.collection,
      shipment.collection_at && `${fmt.time(shipment.collection_at)}, ${shipment.collection_address}`,
    ],
    [facts.tracking, shipment.tracking_code],
    [facts.placed, time(shipment.placed_at)],
    [facts.handed, time(shipment.handed_over_at)],
    [facts.delivered, time(shipment.delivered_at)],
    [facts.reason, reasonOf(shipment.reason_code)],
    [facts.package, order?.package_code],
    ...(order?.refunds ?? []).map((refund): [string, ReactNode] => [
      facts.refund,
      `${fmt.vnd(refund.amount_vnd)}, ${refund.label_vi}`,
    ]),
  ];
  return (
    <dl className="facts-r" aria-label={words.facts_label}>
      {lines
        .filter(([, value]) => value)
        .map(([name, value], i) => (
          <div key={`${name} ${i}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
