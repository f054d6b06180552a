import { api, type Schemas, send } from '@chonso/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SERVICES, type Service, useServices } from '../../lists/services.ts';
import { raiseNamed } from '../../shell/names.ts';

export type Letter = Schemas['DeadLetter'] & { service: Service };
export type ParkedState = Schemas['DeadLetter']['state'];
export const STATES: readonly ParkedState[] = ['DEAD', 'FAILING', 'WAITING', 'QUEUED'];

const KEY = 'dead-letters';
const PAGE = 100;

/** The numbers of parked events of all services, by state. */
export const useLetterCounts = () =>
  useServices([KEY, 'counts'], SERVICES, (service, signal) =>
    send(api.GET(`/api/${service}/v1/dead-letters/counts`, { signal })),
  );

/** The parked events of all services in one list, the longest parked first; a hundred of each. */
export function useLetters(state: ParkedState, services: readonly Service[]) {
  const reading = useServices([KEY, 'list', state], services, (service, signal) =>
    send(api.GET(`/api/${service}/v1/dead-letters`, { params: { query: { state, limit: PAGE } }, signal })),
  );
  const rows: Letter[] = reading.answers
    .flatMap(({ service, data }) => data.items.map((letter) => ({ ...letter, service })))
    .sort((a, b) => a.parked_at.localeCompare(b.parked_at));
  return { ...reading, rows };
}

const at = (letter: Letter) => ({ path: { event_id: letter.event_id } });

export const useLetter = (letter: Letter) =>
  useQuery({
    queryKey: [KEY, 'one', letter.service, letter.event_id],
    queryFn: ({ signal }) =>
      send(api.GET(`/api/${letter.service}/v1/dead-letters/{event_id}`, { params: at(letter), signal })),
  });

/** A decision about a dead event; lists and counts are read anew after it. */
function useDecision<Asked>(decide: (asked: Asked) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => decide(asked).catch(raiseNamed),
    // Not waited for: the row may go with what is read anew, and with it who would be told.
    onSettled: () => void client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export const useRedrive = (letter: Letter) =>
  useDecision((_: undefined) =>
    send(api.POST(`/api/${letter.service}/v1/dead-letters/{event_id}/redrive`, { params: at(letter) })),
  );

export const useAskDrop = (letter: Letter) =>
  useDecision((reason_code: string) =>
    send(
      api.POST(`/api/${letter.service}/v1/dead-letters/{event_id}/drop`, {
        params: at(letter),
        body: { reason_code },
      }),
    ),
  );

export const useApproveDrop = (letter: Letter) =>
  useDecision((_: undefined) =>
    send(api.POST(`/api/${letter.service}/v1/dead-letters/{event_id}/drop/approve`, { params: at(letter) })),
  );

export const useWithdrawDrop = (letter: Letter) =>
  useDecision((_: undefined) =>
    send(api.POST(`/api/${letter.service}/v1/dead-letters/{event_id}/drop/withdraw`, { params: at(letter) })),
  );
