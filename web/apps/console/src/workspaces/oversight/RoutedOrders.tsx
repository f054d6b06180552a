import './oversight.css';
import { fmt } from '@chonso/i18n';
import { Msisdn, State } from '@chonso/ui';
import { Waypoints } from 'lucide-react';
import { Choice } from '../../lists/Choice.tsx';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Facts, Side } from '../../lists/Side.tsx';
import { Routing } from '../../record/Routing.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useHasRole } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Order, useOrders } from './journeys.ts';
import { OversightPages } from './OversightPages.tsx';
import { REGION_OPTIONS, useOversightSearch } from './parts.tsx';
import { words as all } from './words.ts';

const words = all.routing;

const COLUMNS: readonly Column<Order>[] = [
  {
    key: 'code',
    title: all.code,
    width: '128px',
    cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
  },
  {
    key: 'number',
    title: all.number,
    width: '134px',
    cell: ({ display }) => display && <Msisdn display={display} size="sm" />,
  },
  { key: 'region', title: all.region, width: '60px', cell: ({ region }) => <b>{region}</b> },
  { key: 'shop', title: words.shop, width: '96px', cell: ({ shop_code }) => shop_code },
  { key: 'status', title: words.status, width: 'minmax(130px, 1fr)', cell: ({ label_vi }) => label_vi },
  {
    key: 'placed',
    title: words.placed,
    width: '84px',
    align: 'end',
    cell: ({ placed_at }) => fmt.day(placed_at),
  },
];

/** The orders of the regions: why each lies where it does, and the way to hand it to another (SD.3). */
export function RoutedOrders() {
  const [search, go] = useOversightSearch();
  const list = useOrders(search.region);
  const chosen = list.rows.find(({ order_id }) => order_id === search.id);
  return (
    <Workspace
      title={all.title}
      tabs={<OversightPages />}
      side={chosen && <Detail key={chosen.order_id} order={chosen} onClose={() => go({ id: undefined })} />}
    >
      <div className="filters">
        <Choice
          label={all.region}
          all={all.allRegions}
          options={REGION_OPTIONS}
          value={search.region}
          onChange={(region) => go({ region, id: undefined })}
        />
      </div>
      <ListTable
        reading={list.reading}
        label={words.label}
        columns={COLUMNS}
        rows={list.rows}
        keyOf={({ order_id }) => order_id}
        nameOf={({ hold_code }) => words.rowName(hold_code)}
        selected={search.id}
        onSelect={({ order_id }) => go({ id: order_id })}
        loading={list.loading}
        onEnd={list.onEnd}
        empty={<State icon={<Waypoints size={30} aria-hidden="true" />} title={words.empty} />}
      />
    </Workspace>
  );
}

function Detail({ order, onClose }: { order: Order; onClose: () => void }) {
  const mayReroute = useHasRole('region_manager', 'admin');
  const { order_id, region } = order;
  return (
    <Side
      title={order.display ? <Msisdn display={order.display} size="lg" /> : order.hold_code}
      lead={order.hold_code}
      onClose={onClose}
      foot={<JourneyLink holdId={order.hold_id} />}
    >
      <p className="lead">{words.lead}</p>
      <Facts
        facts={[
          [words.status, order.label_vi],
          [all.region, region],
          [words.shop, order.shop_code],
          [words.team, order.team],
          [words.total, fmt.vnd(order.total_vnd)],
          [words.placed, fmt.time(order.placed_at)],
        ]}
      />
      {region ? (
        <Routing order={{ order_id, region }} mayReroute={mayReroute} onMoved={onClose} open />
      ) : (
        <p className="t-soft">{words.notYet}</p>
      )}
    </Side>
  );
}
