import { Button, Skeleton, State } from '@chonso/ui';
import { useQuery } from '@tanstack/react-query';
import { Package, TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Slip, useHold } from '../hold/holds.ts';
import { go, useParams } from '../router.tsx';
import { Failure } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { Checkout } from './Checkout.tsx';
import { Outcome } from './Outcome.tsx';
import { readOffer, useOrderOfHold } from './payments.ts';
import { usePayWords } from './words.ts';

/** The payment of a hold: what it costs and how to pay, or how the payment stands (F3.11, F3.12, SB.7). */
export function Pay() {
  const t = usePayWords();
  const { holdId = '' } = useParams();
  const me = useSignedIn();
  const hold = useHold(holdId);
  const order = useOrderOfHold(holdId, !!me);
  const again = () => void Promise.all([hold.refetch(), order.refetch()]);
  const error = (hold.data ? null : hold.error) ?? (order.data === undefined ? order.error : null);
  if (error)
    return (
      <Page title={t.title} up={`/holds/${holdId}`}>
        <Failure error={error} retry={again} />
      </Page>
    );
  if (!hold.data || order.data === undefined) return <Loading holdId={holdId} />;
  if (order.data) return <Outcome slip={hold.data} order={order.data} again={again} />;
  if (hold.data.status === 'HELD') return <Priced slip={hold.data} again={again} />;
  return <NotPayable slip={hold.data} />;
}

function Loading({ holdId }: { holdId: string }) {
  const t = usePayWords();
  return (
    <Page title={t.title} up={`/holds/${holdId}`} busy>
      <Skeleton height={96} />
      <Skeleton height={210} />
      <Skeleton height={150} />
    </Page>
  );
}

function Priced({ slip, again }: { slip: Slip; again: () => void }) {
  const t = usePayWords();
  const offer = useQuery({ queryKey: ['offer', slip.hold_id], queryFn: () => readOffer(slip), staleTime: 0 });
  if (offer.isPending) return <Loading holdId={slip.hold_id} />;
  if (offer.isError)
    return (
      <Page title={t.title} up={`/holds/${slip.hold_id}`}>
        <Failure error={offer.error} retry={() => void offer.refetch()} />
      </Page>
    );
  if (!offer.data)
    return (
      <Stopped
        slip={slip}
        icon={<Package size={32} aria-hidden="true" />}
        title={t.noDelivery}
        text={t.noDeliveryText}
        button={t.chooseDelivery}
        href={`/holds/${slip.hold_id}/delivery`}
      />
    );
  return (
    <Checkout
      slip={slip}
      offer={offer.data}
      again={() => {
        void offer.refetch();
        again();
      }}
    />
  );
}

function NotPayable({ slip }: { slip: Slip }) {
  const t = usePayWords();
  const isDraft = slip.status === 'DRAFT';
  return (
    <Stopped
      slip={slip}
      icon={<TimerOff size={32} aria-hidden="true" />}
      title={t.over}
      text={isDraft ? '' : t.overText}
      button={isDraft ? t.toForm : t.toSlip}
      href={isDraft ? `/holds/${slip.hold_id}/form` : `/holds/${slip.hold_id}`}
    />
  );
}

type StoppedProps = {
  slip: Slip;
  icon: ReactNode;
  title: string;
  text: string;
  button: string;
  href: string;
};

function Stopped({ slip, icon, title, text, button, href }: StoppedProps) {
  const t = usePayWords();
  return (
    <Page
      title={t.title}
      up={`/holds/${slip.hold_id}`}
      action={
        <Button kind="primary" large onClick={() => go(href, true)}>
          {button}
        </Button>
      }
    >
      <State icon={icon} title={title}>
        {text}
      </State>
    </Page>
  );
}
