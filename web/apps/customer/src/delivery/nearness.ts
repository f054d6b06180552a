import type { Place } from '../address/wards.ts';
import type { Store } from '../orders/orders.ts';

/** Stores by nearness to a ward: in the ward, in its province, of its regional company, then all others. */
export function nearest(stores: readonly Store[], near: Place | null, provinceCode: string): Store[] {
  const distance = (store: Store): number => {
    if (provinceCode && store.province_code === provinceCode)
      return store.ward_code === near?.ward_code ? 0 : 1;
    if (provinceCode && provinceCode !== near?.province_code) return 4;
    if (store.province_code === near?.province_code) return store.ward_code === near.ward_code ? 0 : 1;
    return store.region === near?.region ? 2 : 3;
  };
  return stores
    .map((store, index) => ({ store, index, distance: distance(store) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .map(({ store }) => store);
}

const HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Whether a store is open at a moment, by the clock of Vietnam. */
export function isOpen({ opens, closes }: Pick<Store, 'opens' | 'closes'>, now: number): boolean {
  const time = HOUR.format(now);
  return opens <= time && time < closes;
}
