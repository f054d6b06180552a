import { api, type Schemas, send } from '@chonso/api';
import { usePages } from '../../lists/pages.ts';
import type { Region } from '../../record/regions.ts';
import type { Responsible } from './search.ts';

export type Journey = Schemas['order.JourneyItem'];
export type Order = Schemas['order.StaffOrderView'];

const PAGE = 100;

/** The journeys that have been in one place for longer than they may, the longest first. */
export const useStuck = (region: Region | undefined, responsible: Responsible | undefined) =>
  usePages<Journey>({
    key: ['stuck', region, responsible],
    read: (after, signal) =>
      send(
        api.GET('/api/order/v1/staff/journeys/stuck', {
          params: {
            query: { limit: PAGE, after, ...(region && { region }), ...(responsible && { responsible }) },
          },
          signal,
        }),
      ),
  });

/** The orders that a region's company has, the newest first. */
export const useOrders = (region: Region | undefined) =>
  usePages<Order>({
    key: ['order', 'routed', region],
    read: (after, signal) =>
      send(
        api.GET('/api/order/v1/staff/orders', {
          params: { query: { limit: PAGE, after, ...(region && { region }) } },
          signal,
        }),
      ),
  });
