import { api, send } from '@chonso/api';
import { useServices } from './services.ts';

export const LOGGED = ['kyc', 'videocall', 'activation'] as const;
export type Logged = (typeof LOGGED)[number];
export type Access = {
  key: string;
  service: Logged;
  at: string;
  staff_id: string;
  hold_id: string;
  what: string;
};

const PAGE = 100;

/** Who looked at whose papers, in the three services that keep them; one hold's, or the newest of all. */
export function useAccesses(holdId: string | undefined) {
  const reading = useServices(['accesses', holdId], LOGGED, (service, signal) =>
    send(
      api.GET(`/api/${service}/v1/access-log`, {
        params: { query: { limit: PAGE, ...(holdId && { hold_id: holdId }) } },
        signal,
      }),
    ),
  );
  const rows: Access[] = reading.answers
    .flatMap(({ service, data }) =>
      data.items.map(({ at, staff_id, hold_id, what }, i) => ({
        key: `${service}-${at}-${i}`,
        service,
        at,
        staff_id,
        hold_id,
        what,
      })),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
  return { ...reading, rows };
}
