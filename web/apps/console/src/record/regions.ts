import type { Schemas } from '@chonso/api';

export type Region = NonNullable<Schemas['order.JourneyItem']['region']>;

/** The regional companies. */
export const REGIONS: readonly Region[] = ['KV1', 'KV2', 'KV3', 'KV4', 'KV5', 'KV6', 'KV7', 'KV8', 'KV9'];
