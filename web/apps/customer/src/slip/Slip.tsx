import { fmt } from '@chonso/i18n';
import { Button, Skeleton, type Step, Steps } from '@chonso/ui';
import { GiveUp } from '../hold/GiveUp.tsx';
import { go, useParams } from '../router.tsx';
import { Failure, Stale } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { Ended } from './Ended.tsx';
import { type Journey, useJourney } from './journey.ts';
import { nextOf, pathOf, stepOf } from './path.ts';
import { Story } from './Story.tsx';
import { Ticket } from './Ticket.tsx';
import { type SlipWords, useSlipWords } from './words.ts';

/** The hold slip: the ticket, where the journey stands, the one next step, and its story (F3.13, F3.14). */
export function HoldSlip() {
  const t = useSlipWords();
  const { holdId = '' } = useParams();
  useSignedIn();
  const read = useJourney(holdId);
  const journey = read.data;
  if (!journey)
    return (
      <Page title={t.title} up="/holds" busy={read.isPending}>
        {read.isError ? (
          <Failure error={read.error} retry={() => void read.refetch()} />
        ) : (
          <>
            <Skeleton height={352} />
            <Skeleton height={240} />
          </>
        )}
      </Page>
    );
  return (
    <Page title={t.title} up="/holds" action={<Action journey={journey} />}>
      <Stale reading={read} />
      <Ticket slip={journey.slip} onEnd={() => void read.refetch()} />
      <Ended journey={journey} />
      <Path journey={journey} />
      <Story journey={journey} />
    </Page>
  );
}

function Path({ journey }: { journey: Journey }) {
  const t = useSlipWords();
  const now = stepOf(journey);
  const isOver = nextOf(journey).kind === 'over' && now !== null;
  if (isOver) return null;
  const path = pathOf(journey);
  const at = now === null ? path.length : path.indexOf(now);
  const steps = path.map(
    (name, index): Step => ({
      name: name === 'sign' && journey.slip.sim === 'PHYSICAL' ? t.signSerial : t.steps[name],
      state: index < at ? 'done' : index === at ? 'now' : 'todo',
    }),
  );
  return (
    <section aria-label={t.path}>
      <Steps steps={steps} now={t.now} done={t.done} />
    </section>
  );
}

type Target = { text: string; href: string };

/** What is to pay, as far as it is known before delivery and way to pay are chosen; 0 if it is not. */
function dueOf({ slip, order }: Journey): number {
  if (order) return order.total_vnd;
  return slip.sim === 'ESIM' ? slip.price_vnd + slip.sim_fee_vnd : 0;
}

/** The one filled button of the slip. */
function targetOf(journey: Journey, t: SlipWords): Target | null {
  const { slip, order } = journey;
  const id = slip.hold_id;
  const begun = !!order && order.activation_status !== 'NOT_STARTED';
  switch (nextOf(journey).kind) {
    case 'form':
      return { text: t.toForm, href: `/holds/${id}/form` };
    case 'delivery':
      return { text: t.toDelivery, href: `/holds/${id}/delivery` };
    case 'pay':
      return { text: dueOf(journey) ? t.toPay(fmt.vnd(dueOf(journey))) : t.pay, href: `/holds/${id}/pay` };
    case 'track':
      return { text: t.toTrack, href: `/orders/${order?.order_id}` };
    case 'activate':
      return { text: begun ? t.toContinue : t.toActivate, href: `/activate/${id}` };
    case 'install':
      return { text: t.toInstall, href: `/esim/${id}` };
    case 'wait':
      return null;
    case 'over':
      return overTarget(journey, t);
  }
}

function overTarget({ slip, order }: Journey, t: SlipWords): Target | null {
  if (slip.status === 'CONSUMED')
    return slip.sim === 'ESIM'
      ? { text: t.toEsim, href: `/esim/${slip.hold_id}` }
      : orderTarget(order?.order_id, t);
  if (order?.refunds?.length) return orderTarget(order.order_id, t);
  const digits = slip.display.replaceAll(' ', '');
  return { text: t.again, href: `/?so=${digits}&giu=${digits}` };
}

const orderTarget = (orderId: string | undefined, t: SlipWords): Target | null =>
  orderId ? { text: t.toOrder, href: `/orders/${orderId}` } : null;

function Action({ journey }: { journey: Journey }) {
  const t = useSlipWords();
  const target = targetOf(journey, t);
  const { slip, order } = journey;
  const isMine = slip.status === 'HELD' || slip.status === 'DRAFT';
  const isUnpaid = !order || order.status === 'AWAITING_PAYMENT';
  return (
    <>
      {target && (
        <Button kind="primary" large onClick={() => go(target.href)}>
          {target.text}
        </Button>
      )}
      {isMine && isUnpaid && slip.entrance === 'APP' && <GiveUp holdId={slip.hold_id} />}
      {order &&
        !isMine &&
        nextOf(journey).kind !== 'track' &&
        target?.href !== `/orders/${order.order_id}` && (
          <Button kind="text" onClick={() => go(`/orders/${order.order_id}`)}>
            {t.toOrder}
          </Button>
        )}
      {nextOf(journey).kind === 'over' && slip.status !== 'CONSUMED' && (
        <Button kind="text" onClick={() => go('/')}>
          {t.another}
        </Button>
      )}
    </>
  );
}
