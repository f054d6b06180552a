import type { Schemas } from '@chonso/api';
import { REGIONS, type Region } from '../../record/regions.ts';

export type Tab = Schemas['shipping.Tab'];
export type Status = Schemas['shipping.Status'];

/** What the address says about the list: the tab, the filters, the order, and the chosen shipment. */
export type ListSearch = {
  tab?: Tab | undefined;
  status?: Status | undefined;
  region?: Region | undefined;
  delivery?: 'HOME' | 'STORE' | 'CHANNEL' | undefined;
  payment?: 'ONLINE' | 'COD' | 'CHANNEL' | undefined;
  overdue?: boolean | undefined;
  order?: 'NEWEST' | undefined;
  id?: string | undefined;
};

export const TABS: readonly Tab[] = [
  'PENDING',
  'AWAITING_COLLECTION',
  'DELIVERING',
  'DELIVERED',
  'CANCELLED',
];

const among =
  <V extends string>(values: readonly V[]) =>
  (value: unknown): V | undefined =>
    values.find((known) => known === value);
const word = (value: unknown) =>
  typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : undefined;

/** Read the address; what it cannot mean is left out. */
export function searchOf(given: Record<string, unknown>): ListSearch {
  const search: ListSearch = {
    tab: among(TABS)(given.tab),
    status: word(given.status) as Status | undefined,
    region: among(REGIONS)(given.region),
    delivery: among(['HOME', 'STORE', 'CHANNEL'] as const)(given.delivery),
    payment: among(['ONLINE', 'COD', 'CHANNEL'] as const)(given.payment),
    overdue: given.overdue === true ? true : undefined,
    order: given.order === 'NEWEST' ? 'NEWEST' : undefined,
    id: word(given.id),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** Read the address of a list without filters: the chosen row. */
export const idOf = (given: Record<string, unknown>) => ({ id: word(given.id) });

/** Read the address of the work list: state, service, and the chosen task. */
export const workOf = (given: Record<string, unknown>) => ({
  state: word(given.state),
  service: word(given.service),
  id: word(given.id),
});

/** The filters alone, as the service takes them: null is asked for nothing. */
export const filtersOf = ({ status, region, delivery, payment, overdue }: ListSearch) => ({
  status: status ?? null,
  region: region ?? null,
  delivery: delivery ?? null,
  payment: payment ?? null,
  overdue: overdue ?? null,
});
