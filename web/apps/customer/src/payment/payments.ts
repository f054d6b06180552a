import { api, isProblem, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useQueryClient } from '@tanstack/react-query';
import type { Slip } from '../hold/holds.ts';
import { ifKnown, isMoving, type Order, readOrderOfHold } from '../orders/orders.ts';
import { patiently } from '../patiently.ts';
import { useAddress } from '../router.tsx';
import { readStory, wasOrdered } from '../slip/journey.ts';

export type Quote = Schemas['order.QuoteView'];
export type Way = 'ONLINE' | 'COD';
export type Delivery = Schemas['shipping.DeliveryView'];

export type Wish = {
  payment: Way;
  accepted: boolean;
  invoice: boolean;
  name: string;
  tax_code: string;
  address: string;
};

export const BLANK: Wish = {
  payment: 'ONLINE',
  accepted: false,
  invoice: false,
  name: '',
  tax_code: '',
  address: '',
};

export const orderOfHoldKey = (holdId: string) => ['order-of', holdId] as const;

/** The order of a hold, kept fresh while its money is on the way; null while its story names none. */
export function useOrderOfHold(holdId: string, enabled: boolean) {
  const client = useQueryClient();
  const key = orderOfHoldKey(holdId);
  const returned = useAddress().searchParams.has('returned');
  return useLive<Order | null>({
    key,
    read: async (signal) => {
      const known = returned || !!client.getQueryData(key);
      const isPlaced = known || wasOrdered(await readStory(holdId, signal));
      return isPlaced ? readOrderOfHold(holdId, signal) : null;
    },
    moving: (order) => !!order && isMoving(order),
    enabled,
  });
}

/** Where the mails about an eSIM go, and whose region answers for it. */
type Home = { email: string | null; ward_code: string | null };

/** All that the last page before paying shows (F3.11, SB.7). */
export type Offer = {
  online: Quote;
  /** Absent for an eSIM. */
  onReceipt: Quote | null;
  /** The most that may be paid on receipt, if this is more. */
  onReceiptUpTo: number | null;
  delivery: Delivery | null;
  home: Home | null;
};

/** The customer's choice of delivery; null before there is one. */
export const readDelivery = (holdId: string): Promise<Delivery | null> =>
  ifKnown(send(api.GET('/api/shipping/v1/deliveries/{hold_id}', { params: { path: { hold_id: holdId } } })));

const readQuote = (holdId: string, payment: Way, delivery: 'HOME' | 'STORE' = 'HOME'): Promise<Quote> =>
  patiently(() =>
    send(
      api.GET('/api/order/v1/quotes/{hold_id}', {
        params: { path: { hold_id: holdId }, query: { payment, delivery } },
      }),
    ),
  );

/** Read prices, delivery and e-mail; null if a SIM card has no delivery yet. */
export async function readOffer(slip: Slip): Promise<Offer | null> {
  const id = slip.hold_id;
  if (slip.sim === 'ESIM') {
    const path = { hold_id: id };
    const [online, home] = await Promise.all([
      readQuote(id, 'ONLINE'),
      ifKnown(send(api.GET('/api/hold/v1/holds/{hold_id}/registration', { params: { path } }))),
    ]);
    return { online, onReceipt: null, onReceiptUpTo: null, delivery: null, home: home as Home | null };
  }
  const delivery = await readDelivery(id);
  if (!delivery) return null;
  const [online, receipt] = await Promise.all([
    readQuote(id, 'ONLINE', delivery.delivery),
    quoteOnReceipt(id, delivery.delivery),
  ]);
  return { online, ...receipt, delivery, home: null };
}

async function quoteOnReceipt(holdId: string, delivery: 'HOME' | 'STORE') {
  try {
    return { onReceipt: await readQuote(holdId, 'COD', delivery), onReceiptUpTo: null };
  } catch (error) {
    if (!isProblem(error, 'too-much-on-receipt')) throw error;
    return { onReceipt: null, onReceiptUpTo: limitOf(error) };
  }
}

const limitOf = (error: unknown): number | null => {
  const limit = (error as { problem?: { limit_vnd?: unknown } }).problem?.limit_vnd;
  return typeof limit === 'number' ? limit : null;
};

/** Place the order as it was agreed to (F3.12, F4.1), and tell where mails about it go. */
export async function placeOrder(slip: Slip, offer: Offer, wish: Wish, key: string): Promise<Order> {
  const quote = (wish.payment === 'COD' && offer.onReceipt) || offer.online;
  const { name, address, tax_code } = wish;
  const order = await patiently(() =>
    send(
      api.POST('/api/order/v1/orders', {
        params: { header: { 'Idempotency-Key': key } },
        body: {
          hold_id: slip.hold_id,
          payment: wish.payment,
          delivery_choice: offer.delivery?.delivery_choice ?? null,
          ward_code: offer.home?.ward_code ?? null,
          email: offer.home?.email ?? null,
          accepted_total_vnd: quote.total_vnd,
          accepted_promotion: quote.promotion?.code ?? null,
          invoice: wish.invoice ? { name, address, tax_code: tax_code.trim() || null } : null,
        },
      }),
    ),
  );
  await handOverContact(order);
  return order;
}

const told = new Set<string>();

/** Tell the notification service, once, where mails about this order go (F5b.13); a later look tries again. */
export async function handOverContact({ order_id, contact }: Order): Promise<void> {
  if (!contact || told.has(order_id)) return;
  told.add(order_id);
  const handed = send(api.PUT('/api/notification/v1/me/order-contact', { body: { contact } }));
  await handed.catch(() => told.delete(order_id));
}

/** Begin another attempt to pay; returns the address of its page (G10). */
export async function payAgain(orderId: string, key: string): Promise<string> {
  const answer = await send(
    api.POST('/api/order/v1/orders/{order_id}/payments', {
      params: { path: { order_id: orderId }, header: { 'Idempotency-Key': key } },
    }),
  );
  return answer.payment_url;
}
