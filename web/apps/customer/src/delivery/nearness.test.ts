import { expect, test } from 'vitest';
import type { Place } from '../address/wards.ts';
import type { Store } from '../orders/orders.ts';
import { isOpen, nearest } from './nearness.ts';

const store = (store_code: string, ward_code: string, province_code: string, region: string) =>
  ({ store_code, ward_code, province_code, region }) as Store;
const STORES = [
  store('HANOI', '00070', '01', 'KV1'),
  store('BINHDUONG', '25747', '79', 'KV8'),
  store('SAIGON', '26740', '79', 'KV2'),
  store('DONGNAI', '26041', '75', 'KV2'),
];
const SAIGON = { ward_code: '26740', province_code: '79', region: 'KV2' } as Place;
const codes = (stores: Store[]) => stores.map(({ store_code }) => store_code);

test('stores of the ward come first, then of the province, of the region, and all others', () => {
  expect(codes(nearest(STORES, SAIGON, ''))).toEqual(['SAIGON', 'BINHDUONG', 'DONGNAI', 'HANOI']);
});

test('a province that was chosen comes before the home', () => {
  expect(codes(nearest(STORES, SAIGON, '75'))[0]).toBe('DONGNAI');
});

test('without an address the list stays in its order', () => {
  expect(codes(nearest(STORES, null, ''))).toEqual(codes(STORES));
});

test('a store is open by the clock of Vietnam', () => {
  const hours = { opens: '08:00', closes: '19:00' };
  expect(isOpen(hours, Date.parse('2026-11-30T01:00:00Z'))).toBe(true);
  expect(isOpen(hours, Date.parse('2026-11-30T12:00:00Z'))).toBe(false);
  expect(isOpen(hours, Date.parse('2026-11-30T00:59:00Z'))).toBe(false);
});
