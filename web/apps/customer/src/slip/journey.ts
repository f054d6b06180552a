import { api, type Schemas, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';
import { readHold, type Slip } from '../hold/holds.ts';
import {
  ifKnown,
  isMoving,
  type Order,
  readOrderOfHold,
  readShipment,
  type Shipment,
} from '../orders/orders.ts';
import { keepSlip, keptSlip } from './kept.ts';

export type Entry = Schemas['order.EntryView'];

/** A hold with everything that has become of it. */
export type Journey = {
  slip: Slip;
  story: Entry[];
  order: Order | null;
  shipment: Shipment | null;
  /** Whether the way to receive a SIM card is chosen. */
  chosen: boolean;
};

const QUICK_MS = 2_000;
const CALM_MS = 15_000;
/** The facts that end a hold; until one is in the story, the reason is still on its way. */
const ENDS = ['HoldReleased', 'HoldExpired', 'HoldLost'];

export const journeyKey = (holdId: string) => ['journey', holdId] as const;

/** What happened so far; nothing while the order service has not heard of the hold. */
export async function readStory(holdId: string, signal: AbortSignal): Promise<Entry[]> {
  const answer = await ifKnown(
    send(
      api.GET('/api/order/v1/journeys/{hold_id}/timeline', { signal, params: { path: { hold_id: holdId } } }),
    ),
  );
  return answer?.items ?? [];
}

/** Whether the story of a hold knows of its order. */
export const wasOrdered = (story: Entry[]): boolean => story.some(({ event }) => event === 'OrderPlaced');

async function readChosen(slip: Slip, story: Entry[], signal: AbortSignal): Promise<boolean> {
  if (slip.sim === 'ESIM' || slip.status !== 'HELD' || wasOrdered(story)) return true;
  const path = { hold_id: slip.hold_id };
  return !!(await ifKnown(
    send(api.GET('/api/shipping/v1/deliveries/{hold_id}', { signal, params: { path } })),
  ));
}

/** Read the slip, and of order, parcel and choice only those that its story says exist. */
async function readJourney(holdId: string, signal: AbortSignal): Promise<Journey> {
  const [slip, story] = await Promise.all([readHold(holdId, signal), readStory(holdId, signal)]);
  const order = wasOrdered(story) ? await readOrderOfHold(holdId, signal) : null;
  const [shipment, chosen] = await Promise.all([
    order && slip.sim === 'PHYSICAL' ? readShipment(holdId, signal) : null,
    readChosen(slip, story, signal),
  ]);
  const journey = { slip, story, order, shipment, chosen };
  keepSlip(holdId, journey);
  return journey;
}

/** Whether news may arrive at any moment: a service acts, or one has not heard yet what another knows. */
export function mayChangeSoon({ slip, story, order, shipment }: Journey): boolean {
  const isOver = slip.status === 'RELEASED' || slip.status === 'EXPIRED';
  if (isOver && !story.some(({ event }) => ENDS.includes(event))) return true;
  if (!order) return slip.status === 'CONFIRMED' || slip.status === 'CONSUMED';
  const isParcelUnknown = slip.sim === 'PHYSICAL' && !shipment && order.status !== 'CANCELLED';
  const isEnding = order.status === 'CANCELLED' && slip.status === 'CONFIRMED';
  return isMoving(order) || slip.status === 'HELD' || isParcelUnknown || isEnding;
}

/** The journey of a hold, kept fresh; the last known one at once, and without a network. */
export function useJourney(holdId: string, enabled = true) {
  const kept = keptSlip<Journey>(holdId);
  return useQuery<Journey>({
    queryKey: journeyKey(holdId),
    queryFn: ({ signal }) => readJourney(holdId, signal),
    enabled,
    ...(kept && { initialData: kept.data, initialDataUpdatedAt: kept.at }),
    refetchInterval: (query) => (query.state.data && mayChangeSoon(query.state.data) ? QUICK_MS : CALM_MS),
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
}
