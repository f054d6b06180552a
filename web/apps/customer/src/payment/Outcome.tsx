import { fmt } from '@chonso/i18n';
import { Button, Note, State } from '@chonso/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, Clock3, Hourglass, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Slip } from '../hold/holds.ts';
import { type Order, paidTwice } from '../orders/orders.ts';
import { useOrderWords } from '../orders/words.ts';
import { go, useAddress } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { readStory } from '../slip/journey.ts';
import { useSlipWords } from '../slip/words.ts';
import { Keep } from './Keep.tsx';
import { handOverContact, orderOfHoldKey, payAgain } from './payments.ts';
import { usePayWords } from './words.ts';

type Props = { slip: Slip; order: Order; again: () => void };

/** How the payment of an order stands: waiting, left, failed, paid, late, paid twice (F3.12, G10). */
export function Outcome({ slip, order, again }: Props) {
  useEffect(() => void handOverContact(order), [order]);
  const returned = useAddress().searchParams.has('returned');
  if (order.status === 'CANCELLED') return <Cancelled slip={slip} order={order} />;
  if (order.status !== 'AWAITING_PAYMENT') return <Placed slip={slip} order={order} />;
  const isOpen = order.payment_status === 'INITIATED' || order.payment_status === 'PENDING';
  if (isOpen && (returned || order.payment_status === 'PENDING'))
    return <Waiting slip={slip} order={order} again={again} />;
  return isOpen ? (
    <Left slip={slip} order={order} again={again} />
  ) : (
    <Failed slip={slip} order={order} again={again} />
  );
}

function Told({ slip, action, children }: { slip: Slip; action: ReactNode; children: ReactNode }) {
  const t = usePayWords();
  return (
    <Page title={t.title} up={`/holds/${slip.hold_id}`} action={action}>
      <div className="stack" role="status">
        {children}
      </div>
    </Page>
  );
}

function ToSlip({ slip }: { slip: Slip }) {
  const t = usePayWords();
  return (
    <Button kind="text" onClick={() => go(`/holds/${slip.hold_id}`, true)}>
      {t.toSlip}
    </Button>
  );
}

function Waiting({ slip, order }: Props) {
  const t = usePayWords();
  const url = order.payment_url;
  return (
    <Told
      slip={slip}
      action={
        <>
          {url && (
            <Button kind="quiet" large onClick={() => location.assign(url)}>
              {t.reopen}
            </Button>
          )}
          <ToSlip slip={slip} />
        </>
      }
    >
      <State icon={<Hourglass size={32} aria-hidden="true" />} title={t.waiting}>
        {t.waitingText}
      </State>
    </Told>
  );
}

function Left({ slip, order, again }: Props) {
  const t = usePayWords();
  const url = order.payment_url;
  return (
    <Told
      slip={slip}
      action={
        <>
          {url && (
            <Button kind="primary" large onClick={() => location.assign(url)}>
              {t.continue(fmt.vnd(order.total_vnd))}
            </Button>
          )}
          <ToSlip slip={slip} />
        </>
      }
    >
      <State icon={<Clock3 size={32} aria-hidden="true" />} title={t.unpaid}>
        {t.unpaidText}
      </State>
      <Keep slip={slip} onEnd={again} />
    </Told>
  );
}

function Failed({ slip, order, again }: Props) {
  const t = usePayWords();
  const words = useSlipWords();
  const client = useQueryClient();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const story = useQuery({
    queryKey: ['story', slip.hold_id, order.payment_status],
    queryFn: ({ signal }) => readStory(slip.hold_id, signal),
  });
  const failures = story.data?.filter(({ event }) => event === 'PaymentFailed') ?? [];
  const reason = words.reason[failures.at(-1)?.reason_code ?? ''];
  const paying = useMutation({
    mutationFn: () => payAgain(order.order_id, key),
    onSuccess: (url) => location.assign(url),
    onError: () => {
      setKey(crypto.randomUUID());
      void client.invalidateQueries({ queryKey: orderOfHoldKey(slip.hold_id) });
      again();
    },
  });
  return (
    <Told
      slip={slip}
      action={
        <>
          <Button
            kind="primary"
            large
            busy={paying.isPending || paying.isSuccess}
            onClick={() => paying.mutate()}
          >
            {t.again}
          </Button>
          <ToSlip slip={slip} />
        </>
      }
    >
      <State
        icon={<CircleX size={32} aria-hidden="true" />}
        title={reason ? `${t.failed}: ${reason}` : t.failed}
      >
        {t.failedText}
      </State>
      <Keep slip={slip} onEnd={again} />
      <Refused error={paying.error} />
    </Told>
  );
}

function Placed({ slip, order }: { slip: Slip; order: Order }) {
  const t = usePayWords();
  const words = useOrderWords();
  const isCash = order.payment_status === 'COD_DUE';
  const twice = paidTwice(order);
  const isEsim = order.sim === 'ESIM';
  const next = isEsim ? t.paidEsim : order.delivery === 'STORE' ? t.paidStore : t.paidHome;
  const id = slip.hold_id;
  return (
    <Told
      slip={slip}
      action={
        isEsim ? (
          <>
            <Button
              kind="primary"
              large
              busy={slip.status === 'HELD'}
              onClick={() => go(`/activate/${id}`, true)}
            >
              {t.activate}
            </Button>
            <ToSlip slip={slip} />
          </>
        ) : (
          <Button kind="primary" large onClick={() => go(`/holds/${id}`, true)}>
            {t.toSlip}
          </Button>
        )
      }
    >
      <State icon={<CircleCheck size={40} aria-hidden="true" />} title={isCash ? t.placed : t.paid}>
        {isCash ? t.placedText(fmt.vnd(order.total_vnd)) : next}
      </State>
      <Keep slip={slip} />
      {twice > 0 && (
        <Note kind="good" icon={<Undo2 size={18} aria-hidden="true" />}>
          {words.paidTwice(fmt.vnd(twice))}
        </Note>
      )}
    </Told>
  );
}

function Cancelled({ slip, order }: { slip: Slip; order: Order }) {
  const t = usePayWords();
  const words = useOrderWords();
  const isLate =
    order.cancel.reason_code === 'HOLD_LOST' || (order.refunds?.[0]?.reason_code ?? '') === 'HOLD_LOST';
  const by = words.cancelledBy[order.cancel.cancelled_by ?? ''];
  const because = words.because[order.cancel.reason_code ?? ''];
  return (
    <Told
      slip={slip}
      action={
        <>
          <Button kind="primary" large onClick={() => go(`/orders/${order.order_id}`, true)}>
            {t.toOrder}
          </Button>
          <ToSlip slip={slip} />
        </>
      }
    >
      <State icon={<CircleX size={32} aria-hidden="true" />} title={isLate ? t.late : t.cancelled}>
        {isLate ? t.lateText : by ? `${[by, because].filter(Boolean).join(' ')}.` : t.cancelledText}
      </State>
      {order.refunds?.map((refund) => (
        <Note key={refund.refund_id} kind="good" icon={<Undo2 size={18} aria-hidden="true" />}>
          <b>{t.refund(fmt.vnd(refund.amount_vnd))}.</b> {words.refundState[refund.state]}.
        </Note>
      ))}
    </Told>
  );
}
