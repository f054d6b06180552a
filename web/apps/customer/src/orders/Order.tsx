import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Note, Skeleton } from '@chonso/ui';
import { useQuery } from '@tanstack/react-query';
import { CircleX, Hourglass, Undo2 } from 'lucide-react';
import { go, useParams } from '../router.tsx';
import { Failure, Stale } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { type Journey, useJourney } from '../slip/journey.ts';
import { nextOf } from '../slip/path.ts';
import { Story } from '../slip/Story.tsx';
import { Cancel } from './Cancel.tsx';
import { Invoice, Money } from './Money.tsx';
import { type Order, orderKey, paidTwice, readOrder, type Shipment } from './orders.ts';
import { Parcel } from './Parcel.tsx';
import { Standing } from './Standing.tsx';
import { type OrderWords, useOrderWords } from './words.ts';

/** One order: where it is, what it costs, its invoice and its story (F4). */
export function OrderPage() {
  const t = useOrderWords();
  const { orderId = '' } = useParams();
  const me = useSignedIn();
  const read = useQuery({
    queryKey: orderKey(orderId),
    queryFn: ({ signal }) => readOrder(orderId, signal),
    enabled: !!me,
  });
  const journey = useJourney(read.data?.hold_id ?? '', !!read.data);
  const error = read.data ? (journey.data ? null : journey.error) : read.error;
  if (error || !read.data || !journey.data)
    return (
      <Page title={t.order} up="/orders" busy={!error}>
        {error ? (
          <Failure error={error} retry={() => void (read.data ? journey.refetch() : read.refetch())} />
        ) : (
          <>
            <Skeleton height={136} />
            <Skeleton height={170} />
            <Skeleton height={170} />
          </>
        )}
      </Page>
    );
  const order = journey.data.order ?? read.data;
  return (
    <Page title={t.order} up="/orders" action={<Action journey={{ ...journey.data, order }} order={order} />}>
      <Stale reading={journey} />
      <Head journey={journey.data} order={order} />
      <Remarks order={order} />
      {journey.data.shipment && <Parcel order={order} shipment={journey.data.shipment} />}
      <Money order={order} />
      <Story journey={{ ...journey.data, order }} />
      <Invoice order={order} />
    </Page>
  );
}

function Head({ journey, order }: { journey: Journey; order: Order }) {
  const t = useOrderWords();
  const { slip, shipment } = journey;
  return (
    <section className="lock order-head">
      <Msisdn display={slip.display} priceClass={slip.price_class} />
      <Standing order={order} />
      {shipment && <p>{sentenceOf(order, shipment, t)}</p>}
      <small>
        {t.code} {slip.hold_code_display}
      </small>
      <small>{t.placed(fmt.time(order.placed_at))}</small>
      {order.sim === 'ESIM' && order.email && (
        <small>
          {t.email}: {order.email}
        </small>
      )}
    </section>
  );
}

const sentenceOf = (order: Order, { status }: Shipment, t: OrderWords): string =>
  t.parcel[status === 'PENDING' && order.delivery === 'STORE' ? 'PENDING_STORE' : status];

function Remarks({ order }: { order: Order }) {
  const t = useOrderWords();
  const twice = paidTwice(order);
  const { cancel } = order;
  const by = t.cancelledBy[cancel.cancelled_by ?? ''];
  return (
    <>
      {cancel.pending && (
        <Note kind="warn" icon={<Hourglass size={18} aria-hidden="true" />} live>
          {t.cancelAsked}
        </Note>
      )}
      {cancel.refused_because && !cancel.pending && order.status !== 'CANCELLED' && (
        <Note kind="warn" icon={<CircleX size={18} aria-hidden="true" />}>
          {t.cancelRefused}
        </Note>
      )}
      {order.status === 'CANCELLED' && by && (
        <Note icon={<CircleX size={18} aria-hidden="true" />}>
          {[by, t.because[cancel.reason_code ?? '']].filter(Boolean).join(' ')}.
        </Note>
      )}
      {twice > 0 && (
        <Note kind="good" icon={<Undo2 size={18} aria-hidden="true" />}>
          {t.paidTwice(fmt.vnd(twice))}
        </Note>
      )}
    </>
  );
}

function Action({ journey, order }: { journey: Journey; order: Order }) {
  const t = useOrderWords();
  const next = nextOf(journey).kind;
  const id = order.hold_id;
  const step = { pay: [t.pay, `/holds/${id}/pay`], activate: [t.activate, `/activate/${id}`] } as const;
  const [text, href] =
    next === 'pay' || next === 'activate' ? step[next] : next === 'install' ? [t.install, `/esim/${id}`] : [];
  const toSlip = () => go(`/holds/${id}`);
  return (
    <>
      {href && (
        <Button kind="primary" large onClick={() => go(href)}>
          {text}
        </Button>
      )}
      <div className="cta-two">
        <Button kind="text" onClick={toSlip}>
          {t.openSlip}
        </Button>
        <Cancel order={order} />
      </div>
    </>
  );
}
