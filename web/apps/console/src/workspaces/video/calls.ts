import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sayProblems } from '../../shell/problems.ts';
import { words } from './words.ts';

export type Waiting = Schemas['videocall.WaitingCall'];
export type Offer = Schemas['videocall.RingingCall'];
export type Queue = Schemas['videocall.Queue'];
export type Call = Schemas['videocall.DeskCall'];
export type Form = Schemas['videocall.Form'];
export type Shift = Schemas['videocall.Shift'];
export type PhotoKind = Schemas['videocall.Photo']['kind'];
export type Challenge = Schemas['videocall.ChallengeView'];
export type Ticks = Schemas['videocall.Ticks'];
export type Change = Schemas['videocall.Change'];

const QUEUE = ['desk', 'queue'] as const;
const SHIFT = ['desk', 'shift'] as const;
export const callKey = (callId: string) => ['desk', 'call', callId] as const;
const LIVE = ['CONNECTING', 'IN_CALL', 'DROPPED'];
const HOUR_MS = 3_600_000;

sayProblems(words.problems);

/** Tell whether a call is still in an agent's hand. */
export const isInHand = (call: Call | undefined): boolean => !!call && LIVE.includes(call.status);

/**
 * The call whose line is open, once nothing rings any more. Of the call in hand the queue may tell before
 * the answer to the accept does: its line, open since it rang, stays so.
 */
export function connectedCall(call: Call | undefined, inHand: string | null): string | null {
  if (call && (call.status === 'CONNECTING' || call.status === 'IN_CALL')) return call.call_id;
  return inHand === call?.call_id ? null : inHand;
}

/** The call that rings here, and the queue; asking keeps the agent at the desk, so it goes on in a hidden tab (SD.1). */
export const useQueue = () =>
  useLive<Queue>({
    key: QUEUE,
    read: (signal) => send(api.GET('/api/videocall/v1/desk/queue', { signal })),
    pushed: () => ({ document: 'queue' }),
    moving: () => true,
    background: true,
  });

/** The agent's state and figures of the day. */
export const useShift = () =>
  useLive<Shift>({
    key: SHIFT,
    pushed: () => ({ document: 'shift' }),
    moving: (shift) => shift?.state === 'RESERVED',
    read: (signal) => send(api.GET('/api/videocall/v1/desk/shift', { signal })),
  });

/** What is photographed, ticked and answered, in the service's own words. */
export const useForm = () =>
  useQuery<Form>({
    queryKey: ['desk', 'form'],
    staleTime: HOUR_MS,
    queryFn: ({ signal }) => send(api.GET('/api/videocall/v1/desk/form', { signal })),
  });

/** A call, read anew while it is in hand: the customer may leave or come back. */
export const useCall = (callId: string | null) =>
  useLive<Call>({
    key: callKey(callId ?? ''),
    enabled: callId !== null,
    read: (signal) =>
      send(
        api.GET('/api/videocall/v1/desk/calls/{call_id}', {
          signal,
          params: { path: { call_id: callId ?? '' } },
        }),
      ),
    pushed: (call) => (isInHand(call) ? { document: 'desk_call', call: call!.call_id } : undefined),
    moving: isInHand,
    background: true,
  });

function show(client: QueryClient, call: Call): void {
  client.setQueryData(callKey(call.call_id), call);
  void client.invalidateQueries({ queryKey: QUEUE });
  void client.invalidateQueries({ queryKey: SHIFT });
}

/** Accept the call that rings here: it is then in hand. */
export function useAccept() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ call_id, epoch }: Offer) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/accept', {
          params: { path: { call_id } },
          body: { epoch },
        }),
      ),
    onSuccess: (call) => show(client, call),
    onError: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** Let the call that rings here ring at a colleague's desk. */
export function useDecline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ call_id, epoch }: Offer) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/decline', {
          params: { path: { call_id } },
          body: { epoch },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** Choose the agent's state, or while a call rings or is in hand: the state after it. */
export function useChooseState() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) => send(api.PUT('/api/videocall/v1/desk/shift', { body })),
    onSuccess: (shift) => {
      client.setQueryData(SHIFT, shift);
      void client.invalidateQueries({ queryKey: QUEUE });
    },
  });
}

export type Decision =
  | { act: 'approve'; checklist: Ticks; epoch: number }
  | { act: 'reject'; code: string; note: string }
  | { act: 'technical'; code: string }
  | { act: 'drop' };

function decided(callId: string, decision: Decision): Promise<Call> {
  const params = { path: { call_id: callId } };
  switch (decision.act) {
    case 'approve': {
      const body = { checklist: decision.checklist, epoch: decision.epoch };
      return send(api.POST('/api/videocall/v1/desk/calls/{call_id}/approve', { params, body }));
    }
    case 'reject': {
      const body = { reason_code: decision.code, note: decision.note || null };
      return send(api.POST('/api/videocall/v1/desk/calls/{call_id}/reject', { params, body }));
    }
    case 'technical': {
      const body = { reason_code: decision.code };
      return send(api.POST('/api/videocall/v1/desk/calls/{call_id}/technical', { params, body }));
    }
    case 'drop':
      return send(api.POST('/api/videocall/v1/desk/calls/{call_id}/drop', { params }));
  }
}

/** Decide about the call in hand. */
export function useDecision(callId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => decided(callId, decision),
    onSuccess: (call) => show(client, call),
  });
}

/** Keep a still of the call in hand. */
export function useKeepPhoto(callId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, picture }: { kind: PhotoKind; picture: Blob }) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/photos/{kind}', {
          params: { path: { call_id: callId, kind } },
          body: picture as unknown as string,
          bodySerializer: (body) => body as unknown as Blob,
          headers: { 'content-type': 'image/jpeg' },
        }),
      ),
    onSuccess: (call) => client.setQueryData(callKey(callId), call),
  });
}
