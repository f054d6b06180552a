import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import type { Region } from '../../record/regions.ts';

export type RegionBoard = Schemas['videocall.RegionBoard'];
export type StageCount = Schemas['order.StageCount'];

/** A region as a supervisor sees it: its calls, and its journeys by stage. */
export type RegionLine = RegionBoard & {
  stages: StageCount[];
  orders: number;
  connections: number;
  stuck: number;
};

const sum = (stages: readonly StageCount[], count: 'journeys' | 'stuck') =>
  stages.reduce((total, stage) => total + stage[count], 0);

/** Put the figures of calls and journeys side by side, a line each region. */
export function linesOf(regions: readonly RegionBoard[], stages: readonly StageCount[]): RegionLine[] {
  return regions.map((board) => {
    const own = stages.filter(({ region }) => region === board.region);
    const of = (responsible: string) => own.filter((stage) => stage.responsible === responsible);
    return {
      ...board,
      stages: own,
      orders: sum(of('ORDERS'), 'journeys') + sum(of('COUNTER'), 'journeys'),
      connections: sum(of('CONNECTION'), 'journeys'),
      stuck: sum(own, 'stuck'),
    };
  });
}

/** The share of answered calls that waited a minute at most, in per cent; nothing without a call. */
export function serviceLevel(lines: readonly RegionBoard[]): number | undefined {
  const answered = lines.reduce((total, line) => total + line.answered, 0);
  const inTime = lines.reduce((total, line) => total + line.answered_in_time, 0);
  return answered ? Math.round((100 * inTime) / answered) : undefined;
}

export const useBoard = () =>
  useLive({
    key: ['board'],
    moving: () => true,
    read: (signal) => send(api.GET('/api/videocall/v1/staff/board', { signal })),
  });

export const useStages = (region?: Region) =>
  useLive({
    key: ['stages', region],
    read: (signal) =>
      send(
        api.GET('/api/order/v1/staff/journeys/stages', {
          params: { query: region ? { region } : {} },
          signal,
        }),
      ),
  });
