import type { Schemas } from '@chonso/api';
import { SERVICES, type Service } from './services.ts';

export type Region = NonNullable<Schemas['order.JourneyItem']['region']>;
export const REGIONS: readonly Region[] = ['KV1', 'KV2', 'KV3', 'KV4', 'KV5', 'KV6', 'KV7', 'KV8', 'KV9'];

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
