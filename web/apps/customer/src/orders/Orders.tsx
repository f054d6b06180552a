import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Skeleton, State } from '@chonso/ui';
import { Package } from 'lucide-react';
import { go, Link, useAddress } from '../router.tsx';
import { Failure, Stale } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { type Order, TABS, type Tab, useOrders } from './orders.ts';
import { Standing } from './Standing.tsx';
import { useOrderWords } from './words.ts';

const ROWS = [0, 1, 2, 3];

/** The person's orders, by the five tabs and what comes before them (F4.2, F4.4). */
export function Orders() {
  const t = useOrderWords();
  const me = useSignedIn();
  const tab = (useAddress().searchParams.get('tab') as Tab | null) ?? null;
  const list = useOrders(tab, !!me);
  const orders = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t.title} tabs busy={list.isPending}>
      <Tabs tab={tab} />
      <Stale reading={list} />
      {list.isError && !list.data && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && !list.isError && (
        <div className="list">
          {ROWS.map((row) => (
            <div key={row} className="row order-row">
              <Skeleton width={130} height={22} />
              <Skeleton width={80} height={18} />
              <Skeleton width={110} />
              <Skeleton width={80} />
            </div>
          ))}
        </div>
      )}
      {list.data && orders.length === 0 && <None tab={tab} />}
      {orders.length > 0 && (
        <ul className="list" aria-busy={list.isPlaceholderData}>
          {orders.map((order) => (
            <li key={order.order_id}>
              <Row order={order} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button kind="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Page>
  );
}

function Tabs({ tab }: { tab: Tab | null }) {
  const t = useOrderWords();
  const chip = (value: Tab | null, text: string) => (
    <button
      key={text}
      type="button"
      className="chip"
      aria-pressed={tab === value}
      onClick={() => go(value ? `/orders?tab=${value}` : '/orders', true)}
    >
      {text}
    </button>
  );
  return (
    <div className="chips order-tabs" role="group" aria-label={t.tabs}>
      {chip(null, t.all)}
      {TABS.map((value) => chip(value, t.status[value]))}
    </div>
  );
}

function None({ tab }: { tab: Tab | null }) {
  const t = useOrderWords();
  return (
    <State
      icon={<Package size={32} aria-hidden="true" />}
      title={tab ? t.noneHere : t.none}
      action={
        <Button kind="quiet" onClick={() => go(tab ? '/orders' : '/', !!tab)}>
          {tab ? t.showAll : t.search}
        </Button>
      }
    >
      {tab ? null : t.noneText}
    </State>
  );
}

function Row({ order }: { order: Order }) {
  const t = useOrderWords();
  return (
    <Link className="row order-row" href={`/orders/${order.order_id}`}>
      {order.display ? <Msisdn display={order.display} size="sm" /> : <b>{order.hold_code}</b>}
      <b className="order-total">{fmt.vnd(order.total_vnd)}</b>
      <Standing order={order} />
      <small>{fmt.date(order.placed_at)}</small>
      <small className="order-how">
        {order.sim === 'ESIM' ? t.byMail : t.way[order.delivery]} · {t.paymentStatus[order.payment_status]}
      </small>
    </Link>
  );
}
