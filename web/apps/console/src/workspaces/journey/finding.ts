import { api, type Schemas, send } from '@chonso/api';
import { Package, Phone, Route } from 'lucide-react';
import type { Item } from '../../shell/palette.ts';
import { words } from './words.ts';

type Journey = Schemas['order.JourneyItem'];

const PHONE = /^(?:\+?84|0)\d{9}$/;
const SERIAL = /^89\d{8,18}$/;
const SHORTEST = 4;
const MOST = 20;

const bareOf = (typed: string) => typed.replace(/[\s.-]/g, '');

const itemsOf = (journeys: Journey[], group: string, icon: NonNullable<Item['icon']>): Item[] =>
  journeys.map(({ hold_id, hold_code, display, label_vi }) => ({
    id: hold_id,
    title: display ?? hold_code,
    text: `${hold_code} · ${label_vi}`,
    icon,
    group,
    to: `/journeys/${hold_id}`,
  }));

async function journeysOf(holds: readonly { hold_id: string }[], signal: AbortSignal): Promise<Journey[]> {
  const ids = [...new Set(holds.map(({ hold_id }) => hold_id))].slice(0, MOST);
  if (!ids.length) return [];
  const query = { hold_id: ids };
  return (await send(api.GET('/api/order/v1/staff/journeys', { params: { query }, signal }))).items;
}

async function byPhone(phone: string, signal: AbortSignal): Promise<Journey[]> {
  const { items } = await send(api.POST('/api/hold/v1/staff/holds/search', { body: { phone }, signal }));
  return journeysOf(items, signal);
}

/** Find journeys by hold code, number or its last digits, id of hold or order, and a customer's phone. */
export async function findJourneys(typed: string, signal: AbortSignal): Promise<Item[]> {
  const text = typed.slice(0, 100);
  const bare = bareOf(text);
  if (bare.length < SHORTEST) return [];
  const [found, ofPhone] = await Promise.all([
    send(api.POST('/api/order/v1/staff/journeys/search', { body: { text }, signal })),
    PHONE.test(bare) ? byPhone(bare, signal) : [],
  ]);
  return [
    ...itemsOf(found.items, words.found.journeys, Route),
    ...itemsOf(ofPhone, words.found.phone, Phone),
  ];
}

/** Find journeys by the serial of a SIM, and by the phone of the person who receives a parcel. */
export async function findParcels(typed: string, signal: AbortSignal): Promise<Item[]> {
  const text = bareOf(typed);
  if (!PHONE.test(text) && !SERIAL.test(text)) return [];
  const { items } = await send(
    api.POST('/api/shipping/v1/staff/shipments/search', { body: { text }, signal }),
  );
  return itemsOf(await journeysOf(items, signal), words.found.parcels, Package);
}
