import { fmt } from '@chonso/i18n';
import { Msisdn } from '@chonso/ui';
import { Banknote, CreditCard, Handshake, Store, Truck } from 'lucide-react';
import type { Column } from '../../lists/DataTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import type { Tab } from './search.ts';
import type { Shipment } from './shipments.ts';
import { words } from './words.ts';

const WAYS = { HOME: Truck, STORE: Store, CHANNEL: Handshake };

/** `P. Sài Gòn, TP. Hồ Chí Minh` */
const shortened = (place: string) =>
  place
    .replace(/^Phường /, 'P. ')
    .replace(/^Xã /, 'X. ')
    .replace(/^Cửa hàng /, 'CH ')
    .replace(/, Thành phố /, ', TP. ')
    .replace(/, Tỉnh /, ', ');

/** A customer's place in a cell: the store's name, or ward and province. */
export function Place({ shipment }: { shipment: Pick<Shipment, 'delivery' | 'goes_to'> }) {
  const Icon = WAYS[shipment.delivery];
  return (
    <span className="t-icon" title={shipment.goes_to ?? undefined}>
      <Icon size={15} aria-label={words.ways[shipment.delivery]} />
      <span className="o-cut">{shortened(shipment.goes_to ?? words.byChannel)}</span>
    </span>
  );
}

function Paid({ payment }: { payment: Shipment['payment'] }) {
  return (
    <span className="t-icon">
      {payment === 'COD' ? (
        <Banknote size={15} aria-hidden="true" />
      ) : (
        <CreditCard size={15} className="is-good" aria-hidden="true" />
      )}
      {words.payments[payment]}
    </span>
  );
}

const { columns: heads } = words;

const CODE: Column<Shipment> = {
  key: 'code',
  title: heads.code,
  width: '132px',
  cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
};
const REST: readonly Column<Shipment>[] = [
  {
    key: 'number',
    title: heads.number,
    width: '122px',
    cell: ({ display }) =>
      display ? <Msisdn display={display} size="sm" /> : <span className="t-soft">{words.noNumber}</span>,
  },
  {
    key: 'customer',
    title: heads.customer,
    width: 'minmax(84px, 1.1fr)',
    cell: ({ recipient, delivery }) =>
      recipient ?? <span className="t-soft">{delivery === 'STORE' ? words.atStore : words.byChannel}</span>,
  },
  {
    key: 'place',
    title: heads.place,
    width: 'minmax(96px, 1.3fr)',
    cell: (shipment) => <Place shipment={shipment} />,
  },
];
const STATE: Column<Shipment> = {
  key: 'state',
  title: heads.state,
  width: 'minmax(96px, 1fr)',
  cell: ({ status_label, refused_because }) => (
    <span className={refused_because ? 't-late' : undefined} title={status_label}>
      {status_label}
    </span>
  ),
};
const PAYMENT: Column<Shipment> = {
  key: 'payment',
  title: heads.payment,
  width: '96px',
  cell: ({ payment }) => <Paid payment={payment} />,
};
const DUE: Column<Shipment> = {
  key: 'due',
  title: heads.due,
  width: '88px',
  align: 'end',
  cell: ({ cod_due_vnd }) =>
    cod_due_vnd ? (
      <span className="t-strong">{fmt.vnd(cod_due_vnd)}</span>
    ) : (
      <span className="t-soft">{words.nothingDue}</span>
    ),
};
const WAITING: Column<Shipment> = {
  key: 'waiting',
  title: heads.waiting,
  width: '72px',
  align: 'end',
  cell: ({ since, overdue }) => <span className={overdue ? 't-late' : 't-strong'}>{elapsed(since)}</span>,
};
const ENDED: Column<Shipment> = {
  key: 'at',
  title: heads.at,
  width: '78px',
  align: 'end',
  cell: ({ since }) => fmt.day(since),
};

/**
 * The columns of a tab: what waits says for how long, what is over says since when. Beside an open order there is no
 * room for all: the money that is due says enough of the payment.
 */
export function columnsOf(tab: Tab, isNarrow: boolean): readonly Column<Shipment>[] {
  const saysState = tab !== 'PENDING' && tab !== 'DELIVERED';
  const middle = saysState ? [STATE] : isNarrow ? [] : [PAYMENT];
  const end = tab === 'DELIVERED' || tab === 'CANCELLED' ? ENDED : WAITING;
  const rest = saysState && isNarrow ? REST.slice(0, 2) : REST;
  return [CODE, ...rest, ...middle, DUE, end];
}

/** The columns of a search, which finds orders of all tabs. */
export const FOUND: readonly Column<Shipment>[] = [CODE, ...REST, STATE, DUE, WAITING];
