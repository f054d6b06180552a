import { CircleCheck, CircleX, Clock3, CreditCard, Package, Truck } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Order } from './orders.ts';
import { type OrderWords, useOrderWords } from './words.ts';

type Sign = ComponentType<{ size: number; 'aria-hidden': 'true' }>;

const SIGNS: Record<Order['status'], [Sign, string]> = {
  AWAITING_PAYMENT: [CreditCard, 'is-warn'],
  PENDING: [Clock3, ''],
  AWAITING_COLLECTION: [Package, ''],
  DELIVERING: [Truck, ''],
  DELIVERED: [CircleCheck, 'is-good'],
  CANCELLED: [CircleX, 'is-bad'],
};

/** The tab of an order; a paid eSIM has no parcel and shows its activation (6.1). */
export function labelOf(order: Order, t: OrderWords): string {
  if (order.sim !== 'ESIM' || order.status !== 'PENDING') return t.status[order.status];
  return order.activation_status === 'NOT_STARTED' ? t.esimPaid : t.activationStatus[order.activation_status];
}

/** Where an order stands: word, sign and colour. */
export function Standing({ order }: { order: Order }) {
  const t = useOrderWords();
  const isConnected = order.activation_status === 'ACTIVATED' && order.status !== 'CANCELLED';
  const [Sign, tone] = isConnected ? SIGNS.DELIVERED : SIGNS[order.status];
  const label = isConnected ? t.activationStatus.ACTIVATED : labelOf(order, t);
  return (
    <span className={`standing ${tone}`}>
      <Sign size={16} aria-hidden="true" />
      {label}
    </span>
  );
}
