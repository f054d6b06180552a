import { fmt } from '@chonso/i18n';
import { Button, Choices, Sheet, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../shell/Failure.tsx';
import { useShellWords } from '../shell/words.ts';
import { journeyKey } from '../slip/journey.ts';
import { cancelOrder, mayCancel, type Order } from './orders.ts';
import { type OrderWords, useOrderWords } from './words.ts';

type Reason = keyof OrderWords['reason'];

/**
 * The way to cancel an order, with its consequences said first (F4.3, F4.10). A refusal stays to be read, though the
 * page has learnt by it that there is no such way any more.
 */
export function Cancel({ order }: { order: Order }) {
  const t = useOrderWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {mayCancel(order) && (
        <Button kind="text" className="is-refuse" onClick={() => setAsking(true)}>
          {t.cancel}
        </Button>
      )}
      {asking && <Asked order={order} onClose={() => setAsking(false)} />}
    </>
  );
}

function Asked({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useOrderWords();
  const shell = useShellWords();
  const client = useQueryClient();
  const [reason, setReason] = useState<Reason>('CHANGED_MIND');
  const cancelling = useMutation({
    mutationFn: () => cancelOrder(client, order, reason),
    onSuccess: (after) => {
      toast(after.cancel.pending ? t.cancelAsked : t.cancelled);
      onClose();
    },
    onError: () => void client.invalidateQueries({ queryKey: journeyKey(order.hold_id) }),
  });
  const isPaid = order.payment_status === 'PAID' || order.payment_status === 'COD_COLLECTED';
  const hasParcel = order.sim === 'PHYSICAL' && order.status !== 'AWAITING_PAYMENT';
  return (
    <Sheet title={t.cancelAsk} close={shell.close} onClose={onClose}>
      <ul className="consequences">
        <li>{isPaid ? t.cancelPaid(fmt.vnd(order.total_vnd)) : t.cancelUnpaid}</li>
        {hasParcel && <li>{t.cancelParcel}</li>}
        {order.activation_status !== 'NOT_STARTED' && <li>{t.cancelActivation}</li>}
      </ul>
      <Choices<Reason>
        legend={t.cancelReason}
        name="reason"
        value={reason}
        onChange={setReason}
        options={(Object.keys(t.reason) as Reason[]).map((value) => ({ value, title: t.reason[value] }))}
      />
      <Refused error={cancelling.error} />
      <Button kind="refuse" large busy={cancelling.isPending} onClick={() => cancelling.mutate()}>
        {t.cancel}
      </Button>
      <Button kind="text" onClick={onClose}>
        {t.keep}
      </Button>
    </Sheet>
  );
}
