import { api, isUnknown, type Schemas, send } from '@chonso/api';

export type Order = Schemas['order.MyOrderView'];
export type Shipment = Schemas['shipping.MyShipment'];
export type Refund = Schemas['order.RefundView'];
export type Store = Schemas['shipping.StoreView'];

/** Return null for what does not exist yet. */
export async function ifKnown<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isUnknown(error)) return null;
    throw error;
  }
}

/** The order of a hold; null before it is placed (F3.14). */
export const readOrderOfHold = (holdId: string, signal?: AbortSignal): Promise<Order | null> =>
  ifKnown(
    send(
      api.GET('/api/order/v1/orders/by-hold/{hold_id}', {
        ...(signal && { signal }),
        params: { path: { hold_id: holdId } },
      }),
    ),
  );

/** The parcel of a hold; null for an eSIM, and while shipping has not heard of the order (F4.2). */
export const readShipment = (holdId: string, signal?: AbortSignal): Promise<Shipment | null> =>
  ifKnown(
    send(
      api.GET('/api/shipping/v1/shipments/by-hold/{hold_id}', {
        ...(signal && { signal }),
        params: { path: { hold_id: holdId } },
      }),
    ),
  );

/** Money that goes back although the order lives: it was paid twice. */
export const paidTwice = (order: Order): number =>
  order.status === 'CANCELLED'
    ? 0
    : (order.refunds ?? []).reduce((sum, refund) => sum + refund.amount_vnd, 0);

/** Whether somebody else, not the customer, has to act next, so that news may arrive at any moment. */
export const isMoving = (order: Order): boolean =>
  order.cancel.pending ||
  (order.status === 'AWAITING_PAYMENT' && ['INITIATED', 'PENDING'].includes(order.payment_status)) ||
  ['KYC_CHECKING', 'QUEUED', 'CONNECTING'].includes(order.activation_status);
