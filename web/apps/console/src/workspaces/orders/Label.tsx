import { fmt } from '@chonso/i18n';
import { createPortal } from 'react-dom';
import { words } from './detail.words.ts';
import { inFours } from './Facts.tsx';
import type { Detail } from './shipments.ts';

const { label } = words;

/** The label of a parcel with the leaflet's steps: seen on paper only (F4.12, P2.3). */
export function Label({ shipment }: { shipment: Detail }) {
  const { address, cod_due_vnd: due } = shipment;
  const code = shipment.hold_code?.replace(/^(..)(.{6})(.{3})/, '$1 $2 $3 ');
  const lines = [
    [label.tracking, shipment.tracking_code],
    [label.to, address && `${address.recipient}, ${fmt.phone(address.phone)}`],
    [label.address, address && `${address.street}, ${address.ward}, ${address.province}`],
    [label.money, due ? label.cod(fmt.vnd(due)) : label.paid],
  ];
  return createPortal(
    <section className="o-label" aria-hidden="true">
      <h1>{label.title}</h1>
      <p>
        {label.code} <b>{code}</b>
      </p>
      <p>
        {label.serial} <b>{inFours(shipment.sim_serial ?? '')}</b>
      </p>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol>
        {label.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>,
    document.body,
  );
}
