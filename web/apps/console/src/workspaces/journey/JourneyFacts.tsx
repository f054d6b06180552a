import { fmt } from '@chonso/i18n';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useNames } from '../../shell/names.ts';
import { screensOf } from '../../shell/screens.ts';
import { useMe } from '../../shell/session.ts';
import { type JourneyPage, useCalls, useConnection, useParcel } from './journeys.ts';
import { reasonText } from './reasons.words.ts';
import { words } from './words.ts';

type Fact = readonly [name: string, value: ReactNode];

/** What each service knows of a journey now, as far as this person may see it, with ways to the desks. */
export function JourneyFacts({ page: { journey, hold, order } }: { page: JourneyPage }) {
  const { facts } = words;
  const isCard = journey.sim === 'PHYSICAL';
  return (
    <div className="side-b">
      <div className="jy-facts">
        <Group
          title={words.hold}
          facts={[
            [facts.status, words.holds[hold.status] ?? hold.status],
            [facts.sim, words.sims[journey.sim]],
            [facts.entrance, hold.channel_code ?? words.entrances[hold.entrance]],
            [facts.price, fmt.vnd(hold.price_vnd)],
            [
              facts.commitment,
              hold.commitment_months > 0 &&
                words.commitment(fmt.vnd(hold.commitment_vnd_per_month), hold.commitment_months),
            ],
            [facts.promotion, hold.promotion_code],
            [facts.package, hold.package_code],
            [facts.expires, hold.status === 'HELD' && fmt.time(hold.expires_at)],
          ]}
        />
        <Group
          title={words.order}
          facts={
            order
              ? [
                  [facts.status, order.label_vi],
                  [facts.payment, order.payment_label_vi],
                  [facts.total, fmt.vnd(order.total_vnd)],
                  [facts.placed, fmt.time(order.placed_at)],
                  [facts.region, [order.region, order.shop_code].filter(Boolean).join(' · ')],
                  [facts.way, words.deliveries[order.delivery]],
                  [facts.cancel, order.cancel.reason_code && reasonText(order.cancel.reason_code)],
                ]
              : [[facts.status, words.noOrder]]
          }
        />
        {isCard && <Parcel holdCode={journey.hold_code} />}
        <Calls holdId={journey.hold_id} />
        <Connection holdId={journey.hold_id} />
      </div>
    </div>
  );
}

type GroupProps = {
  title: string;
  facts: readonly Fact[];
  /** A desk's address, what to show there, and the words of the way. */
  to?: string | undefined;
  search?: Record<string, unknown>;
  way?: string | undefined;
};

function Group({ title, facts, to, search, way }: GroupProps) {
  const known = facts.filter(([, value]) => value);
  if (!known.length) return null;
  return (
    <section>
      <h3>
        {title}
        {to && (
          <Link to={to as never} search={search as never}>
            {way}
          </Link>
        )}
      </h3>
      <dl className="facts-r">
        {known.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Parcel({ holdCode }: { holdCode: string }) {
  const { facts } = words;
  const parcel = useParcel(holdCode, true);
  if (!parcel) return null;
  return (
    <Group
      title={words.delivery}
      to="/orders"
      search={{ tab: parcel.tab, id: parcel.shipment_id }}
      way={words.desks.ORDERS}
      facts={[
        [facts.status, parcel.status_label],
        [facts.carrier, parcel.carrier],
        [facts.tracking, parcel.tracking_code],
        [facts.serial, parcel.sim_serial],
      ]}
    />
  );
}

function Calls({ holdId }: { holdId: string }) {
  const { facts } = words;
  const [newest] = useCalls(holdId) ?? [];
  const names = useNames([newest?.agent_id]);
  if (!newest) return null;
  return (
    <Group
      title={words.call}
      facts={[
        [facts.status, words.calls[newest.status] ?? newest.status],
        [facts.agent, names(newest.agent_id)],
        [facts.result, newest.reason_code && reasonText(newest.reason_code)],
      ]}
    />
  );
}

function Connection({ holdId }: { holdId: string }) {
  const { facts } = words;
  const dossier = useConnection(holdId);
  const names = useNames([dossier?.claimed_by, dossier?.decided_by]);
  const mayOpen = screensOf(useMe().roles).some(({ name }) => name === 'connection');
  if (!dossier?.signed_at) return null;
  const isWaiting = dossier.stage === 'QUEUED' || dossier.stage === 'DELAYED';
  return (
    <Group
      title={words.connection}
      to={mayOpen && isWaiting ? `/connection/${holdId}` : undefined}
      way={words.desks.CONNECTION}
      facts={[
        [facts.claimed, isWaiting && names(dossier.claimed_by)],
        [facts.decided, names(dossier.decided_by)],
        [facts.result, dossier.reason_code && reasonText(dossier.reason_code)],
        [facts.signed, fmt.time(dossier.signed_at)],
      ]}
    />
  );
}
