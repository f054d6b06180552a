import { isProblem } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { Button, Choices, Field } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { Slip } from '../hold/holds.ts';
import { Link } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import { Keep } from './Keep.tsx';
import { BLANK, type Offer, orderOfHoldKey, placeOrder, type Way, type Wish } from './payments.ts';
import { Terms } from './Terms.tsx';
import { usePayWords } from './words.ts';

type Props = { slip: Slip; offer: Offer; again: () => void };

/** The last page before paying: all of the price, the way to pay, whom the invoice is for, and the agreement. */
export function Checkout({ slip, offer, again }: Props) {
  const t = usePayWords();
  const client = useQueryClient();
  const faultsOf = useFaults();
  const form = useRef<HTMLFormElement>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const [wish, change, forget] = useDraft<Wish>(`payment:${slip.hold_id}`, BLANK);
  const onReceipt = wish.payment === 'COD' ? offer.onReceipt : null;
  const quote = onReceipt ?? offer.online;
  const placing = useMutation({
    mutationFn: () => placeOrder(slip, offer, wish, key),
    onSuccess: (order) => {
      forget();
      client.setQueryData(orderOfHoldKey(slip.hold_id), order);
      void client.invalidateQueries({ queryKey: ['orders'] });
      if (order.payment_url) location.assign(order.payment_url);
    },
    onError: (error) => {
      setKey(crypto.randomUUID());
      if (isProblem(error, 'price-changed', 'promotion-not-confirmed')) change({ accepted: false });
      if (
        isProblem(
          error,
          'price-changed',
          'promotion-not-confirmed',
          'bad-slip',
          'hold-not-open',
          'order-exists',
        )
      )
        again();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wish.accepted) form.current?.querySelector<HTMLInputElement>('input[name=accepted]')?.focus();
    else if (!placing.isPending) placing.mutate();
  };
  const total = fmt.vnd(quote.total_vnd);
  const isLeaving = placing.isSuccess && !!placing.data.payment_url;
  return (
    <Page
      title={t.title}
      up={`/holds/${slip.hold_id}`}
      action={
        <Button kind="primary" large type="submit" form="checkout" busy={placing.isPending || isLeaving}>
          {isLeaving ? t.leaving : quote.payment === 'COD' ? t.place : t.pay(total)}
        </Button>
      }
    >
      <Keep slip={slip} onEnd={again} />
      <form id="checkout" ref={form} className="page-in" noValidate onSubmit={submit}>
        <Terms quote={quote} />
        <Received slip={slip} offer={offer} />
        <Ways wish={wish} offer={offer} change={change} />
        <Invoice wish={wish} change={change} faults={faultsOf(placing.error)} />
        <div>
          <label className="check">
            <input
              type="checkbox"
              name="accepted"
              checked={wish.accepted}
              aria-invalid={tried && !wish.accepted}
              aria-describedby="accept-first"
              onChange={(event) => change({ accepted: event.target.checked })}
            />
            <span>{t.accept}</span>
          </label>
          <p className="field-error" id="accept-first" role="alert">
            {tried && !wish.accepted ? t.acceptFirst : ''}
          </p>
        </div>
        <Refused error={placing.error} />
      </form>
    </Page>
  );
}

function Received({ slip, offer }: { slip: Slip; offer: Offer }) {
  const t = usePayWords();
  const { delivery, home } = offer;
  return (
    <dl className="list">
      <div className="row received">
        <dt>{delivery ? t.received : t.mail}</dt>
        <dd>
          {delivery ? (delivery.delivery === 'STORE' ? t.store : t.home) : home?.email}
          {delivery && (
            <Link className="btn btn-quiet" href={`/holds/${slip.hold_id}/delivery`}>
              {t.change}
            </Link>
          )}
        </dd>
      </div>
    </dl>
  );
}

type PartProps = { wish: Wish; change: (part: Partial<Wish>) => void };

function Ways({ wish, offer, change }: PartProps & { offer: Offer }) {
  const t = usePayWords();
  if (!offer.delivery) return null;
  const isStore = offer.delivery.delivery === 'STORE';
  const online = { value: 'ONLINE' as const, title: t.online, text: t.onlineText };
  const receipt = {
    value: 'COD' as const,
    title: t.onReceipt,
    text: isStore ? t.onReceiptStore : t.onReceiptDoor,
  };
  return (
    <div className="stack">
      <Choices<Way>
        legend={t.way}
        name="payment"
        value={offer.onReceipt ? wish.payment : 'ONLINE'}
        onChange={(payment) => change({ payment })}
        options={offer.onReceipt ? [online, receipt] : [online]}
      />
      {offer.onReceiptUpTo !== null && (
        <p className="field-hint">{t.tooMuch(fmt.vnd(offer.onReceiptUpTo))}</p>
      )}
    </div>
  );
}

function Invoice({ wish, change, faults }: PartProps & { faults: Record<string, string> }) {
  const t = usePayWords();
  return (
    <div className="stack">
      <label className="check">
        <input
          type="checkbox"
          checked={wish.invoice}
          onChange={(event) => change({ invoice: event.target.checked })}
        />
        <span>{t.invoice}</span>
      </label>
      {wish.invoice && (
        <>
          <Field
            label={t.buyer}
            name="name"
            autoComplete="organization"
            value={wish.name}
            error={faults.name}
            onChange={(event) => change({ name: event.target.value })}
          />
          <Field
            label={t.taxCode}
            name="tax_code"
            inputMode="numeric"
            autoComplete="off"
            value={wish.tax_code}
            error={faults.tax_code}
            onChange={(event) => change({ tax_code: event.target.value })}
          />
          <Field
            label={t.address}
            name="address"
            autoComplete="street-address"
            value={wish.address}
            error={faults.address}
            onChange={(event) => change({ address: event.target.value })}
          />
        </>
      )}
    </div>
  );
}
