import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sayProblems } from '../../shell/problems.ts';
import { words } from './words.ts';

export type Waiting = Schemas['videocall.WaitingCall'];
export type Queue = Schemas['videocall.Queue'];
export type Call = Schemas['videocall.DeskCall'];
export type Form = Schemas['videocall.Form'];
export type Shift = Schemas['videocall.Shift'];
export type PhotoKind = Schemas['videocall.Photo']['kind'];
export type Ticks = Schemas['videocall.Ticks'];
export type BreakReason = NonNullable<Shift['reason_code']>;

const QUEUE = ['desk', 'queue'] as const;
const SHIFT = ['desk', 'shift'] as const;
const callKey = (callId: string) => ['desk', 'call', callId] as const;
const LIVE = ['IN_CALL', 'DROPPED'];
const HOUR_MS = 3_600_000;

sayProblems(words.problems);

/** Tell whether a call is still in an agent's hand. */
export const isInHand = (call: Call | undefined): boolean => !!call && LIVE.includes(call.status);

/** The queue; asking keeps the agent at the desk, so it goes on in a hidden tab (SD.1). */
export const useQueue = () =>
  useLive<Queue>({
    key: QUEUE,
    read: (signal) => send(api.GET('/api/videocall/v1/desk/queue', { signal })),
    moving: () => true,
    background: true,
  });

/** The agent's readiness and figures of the day. */
export const useShift = (enabled: boolean) =>
  useLive<Shift>({
    key: SHIFT,
    enabled,
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
    moving: isInHand,
    background: true,
  });

function show(client: QueryClient, call: Call): void {
  client.setQueryData(callKey(call.call_id), call);
  void client.invalidateQueries({ queryKey: QUEUE });
  void client.invalidateQueries({ queryKey: SHIFT });
}

/** Take the next call; the answer is undefined when nobody waits any more. */
export function useTakeNext() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => (await send(api.POST('/api/videocall/v1/desk/next'))) as Call | undefined | '',
    onSuccess: (call) => call && show(client, call),
    onSettled: () => client.invalidateQueries({ queryKey: QUEUE }),
  });
}

/** Change the agent's readiness. */
export function useReadiness() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['videocall.Change']) =>
      send(api.PUT('/api/videocall/v1/desk/shift', { body })),
    onSuccess: (shift) => client.setQueryData(SHIFT, shift),
  });
}

export type Decision =
  | { act: 'approve'; checklist: Ticks }
  | { act: 'reject'; code: string; note: string }
  | { act: 'technical'; code: string }
  | { act: 'drop' };

function decided(callId: string, decision: Decision): Promise<Call> {
  const params = { path: { call_id: callId } };
  switch (decision.act) {
    case 'approve': {
      const body = { checklist: decision.checklist };
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
