import './orders.css';
import { fmt } from '@chonso/i18n';
import { Button, Msisdn, State, toast } from '@chonso/ui';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Banknote, Copy } from 'lucide-react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Facts, Side } from '../../lists/Side.tsx';
import { Pages } from '../../lists/Tabs.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { type OpenCash, useOpenCash, useOpenCashSum } from './work.ts';
import { pages, words as shared, cashWords as words } from './work.words.ts';

const carrierOf = ({ carrier }: OpenCash) => (carrier ?? '').toUpperCase();

const COLUMNS: readonly Column<OpenCash>[] = [
  {
    key: 'code',
    title: words.code,
    width: '132px',
    cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
  },
  {
    key: 'number',
    title: words.number,
    width: 'minmax(122px, 1fr)',
    cell: ({ display }) => display && <Msisdn display={display} size="sm" />,
  },
  { key: 'carrier', title: words.carrier, width: '90px', cell: carrierOf },
  {
    key: 'tracking',
    title: words.tracking,
    width: 'minmax(110px, 1fr)',
    cell: ({ tracking_code }) => <span className="t-code">{tracking_code}</span>,
  },
  { key: 'region', title: words.region, width: '60px', cell: ({ region }) => region ?? '' },
  {
    key: 'open',
    title: words.open,
    width: '104px',
    align: 'end',
    cell: ({ cod_open_vnd }) => <span className="t-strong">{fmt.vnd(cod_open_vnd)}</span>,
  },
  {
    key: 'since',
    title: words.since,
    width: '80px',
    align: 'end',
    cell: ({ delivered_at }) => elapsed(delivered_at),
  },
];

/** The columns beside a chosen parcel, which names the rest. */
const NARROW = COLUMNS.filter(({ key }) => key !== 'tracking' && key !== 'region');

/** The delivered parcels whose carrier has not said that it collected what was due (F4.19, F4.20). */
export function Cash() {
  const { id } = useSearch({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const choose = (chosen: string | undefined) =>
    void navigate({ to: '.', search: { id: chosen } as never, replace: true });
  const list = useOpenCash();
  const sum = useOpenCashSum().data;
  const parcel = list.rows.find(({ shipment_id }) => shipment_id === id);
  return (
    <Workspace
      title={words.title}
      {...(sum && {
        figures: [
          { name: words.parcels, value: fmt.count(sum.count), hot: sum.count > 0 },
          { name: words.sum, value: fmt.vnd(sum.open_vnd) },
        ],
      })}
      tabs={<Pages label={shared.pages} pages={pages} />}
      side={parcel && <Parcel parcel={parcel} onClose={() => choose(undefined)} />}
    >
      <ListTable
        reading={list.reading}
        label={words.title}
        columns={parcel ? NARROW : COLUMNS}
        rows={list.rows}
        keyOf={({ shipment_id }) => shipment_id}
        nameOf={({ hold_code, cod_open_vnd }) => words.row(hold_code ?? '', fmt.vnd(cod_open_vnd))}
        selected={id}
        onSelect={({ shipment_id }) => choose(shipment_id)}
        loading={list.loading}
        onEnd={list.onEnd}
        total={sum?.count ?? list.rows.length}
        empty={
          <State icon={<Banknote size={30} aria-hidden="true" />} title={words.empty}>
            {words.emptyText}
          </State>
        }
      />
    </Workspace>
  );
}

function Parcel({ parcel, onClose }: { parcel: OpenCash; onClose: () => void }) {
  const { cod_due_vnd, cod_open_vnd, delivered_at, hold_code, hold_id, region, tracking_code } = parcel;
  const copy = (code: string) => void navigator.clipboard.writeText(code).then(() => toast(words.copied));
  return (
    <Side
      title={fmt.vnd(cod_open_vnd)}
      lead={hold_code}
      onClose={onClose}
      foot={
        tracking_code && (
          <Button kind="primary" onClick={() => copy(tracking_code)}>
            <Copy size={16} aria-hidden="true" /> {words.copy}
          </Button>
        )
      }
    >
      <p className="lead">{words.lead}</p>
      <Facts
        facts={[
          [words.carrier, carrierOf(parcel)],
          [words.tracking, tracking_code],
          [words.due, fmt.vnd(cod_due_vnd)],
          [words.open, fmt.vnd(cod_open_vnd)],
          [words.delivered, fmt.time(delivered_at)],
          [words.region, region],
        ]}
      />
      <Link
        to="/orders"
        search={{ tab: 'DELIVERED', id: parcel.shipment_id } as never}
        className="btn btn-quiet"
      >
        {words.openOrder}
      </Link>
      <JourneyLink holdId={hold_id} />
    </Side>
  );
}
