import { api, isUnknown, type Schemas, send } from '@chonso/api';
import { keepPreviousData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query';

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
  ['KYC_CHECKING', 'VIDEO_WAITING', 'VIDEO_IN_CALL', 'QUEUED', 'CONNECTING'].includes(
    order.activation_status,
  );

export type Tab = Order['status'];
/** The tabs in the order a parcel goes through them; the first comes before the five. */
export const TABS: readonly Tab[] = [
  'AWAITING_PAYMENT',
  'PENDING',
  'AWAITING_COLLECTION',
  'DELIVERING',
  'DELIVERED',
  'CANCELLED',
];

const PAGE = 20;

/** The person's orders of one tab, or all, page after page (F4.4). */
export const useOrders = (tab: Tab | null, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['orders', tab],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: 15_000,
    queryFn: ({ pageParam, signal }): Promise<Schemas['order.Page_MyOrderView_']> =>
      send(
        api.GET('/api/order/v1/orders', {
          signal,
          params: {
            query: { limit: PAGE, ...(tab && { status: tab }), ...(pageParam && { after: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const orderKey = (orderId: string) => ['order', orderId] as const;

/** One of the person's orders. */
export const readOrder = (orderId: string, signal: AbortSignal): Promise<Order> =>
  send(api.GET('/api/order/v1/orders/{order_id}', { signal, params: { path: { order_id: orderId } } }));

/** Ask to cancel: it is cancelled at once, or shipping or activation decides (F4.3, F4.10). */
export async function cancelOrder(client: QueryClient, order: Order, reason_code: string): Promise<Order> {
  const after = await send(
    api.POST('/api/order/v1/orders/{order_id}/cancel', {
      params: { path: { order_id: order.order_id } },
      body: { reason_code },
    }),
  );
  client.setQueryData(orderKey(order.order_id), after);
  for (const queryKey of [['orders'], ['journey', order.hold_id], ['order-of', order.hold_id]])
    void client.invalidateQueries({ queryKey });
  return after;
}

const CANCELLABLE: readonly Tab[] = ['AWAITING_PAYMENT', 'PENDING', 'AWAITING_COLLECTION'];
const UNDER_WAY = ['CONNECTING', 'ESIM_QR_SENT', 'ESIM_INSTALL_FAILED', 'ACTIVATED'];

/** Whether the person may ask to cancel; the answer is the services' own (G18, G19). */
export const mayCancel = (order: Order): boolean =>
  CANCELLABLE.includes(order.status) &&
  !UNDER_WAY.includes(order.activation_status) &&
  !order.cancel.pending &&
  order.payment !== 'CHANNEL';
