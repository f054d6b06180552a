import { SERVICES, type Service } from '../../lists/services.ts';
import { REGIONS, type Region } from '../../record/regions.ts';

export const RESPONSIBLE = [
  'CUSTOMER',
  'ORDERS',
  'COUNTER',
  'CARRIER',
  'VIDEO',
  'REVIEW',
  'CONNECTION',
  'SYSTEM',
] as const;
export type Responsible = (typeof RESPONSIBLE)[number];

/** What the address of an oversight page says: filters, the tab, and the row that is open. */
export type OversightSearch = {
  region?: Region | undefined;
  responsible?: Responsible | undefined;
  service?: Service | undefined;
  state?: string | undefined;
  id?: string | undefined;
};

const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((each) => each === value);

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function searchOf(search: Record<string, unknown>): OversightSearch {
  return {
    region: oneOf(REGIONS, search.region),
    responsible: oneOf(RESPONSIBLE, search.responsible),
    service: oneOf(SERVICES, search.service),
    state: textOf(search.state),
    id: textOf(search.id),
  };
}
