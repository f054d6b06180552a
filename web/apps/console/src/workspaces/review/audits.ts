import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { raiseNamed } from '../../shell/names.ts';

export type Sampled = Schemas['videocall.SampledCall'];
export type AuditReport = Schemas['videocall.AuditReport'];

const AUDITS = ['audits'] as const;

export const useSample = (day: string) =>
  usePages<Sampled>({
    key: [...AUDITS, day],
    read: (after, signal) =>
      send(
        api.GET('/api/videocall/v1/desk/audits', { signal, params: { query: { day, after, limit: 50 } } }),
      ),
  });

export const useProgress = (day: string) =>
  useLive({
    key: [...AUDITS, 'progress', day],
    read: (signal) =>
      send(api.GET('/api/videocall/v1/desk/audits/progress', { signal, params: { query: { day } } })),
  });

/** Open a call to look at it: the look is written down, so it is read once. */
export const useOpened = (callId: string) =>
  useQuery({
    queryKey: ['opened', callId],
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/videocall/v1/desk/calls/{call_id}', {
          signal,
          params: { path: { call_id: callId } },
        }),
      ),
  });

export function useReport(callId: string, then: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AuditReport) =>
      send(
        api.PUT('/api/videocall/v1/desk/audits/{call_id}', { params: { path: { call_id: callId } }, body }),
      ).catch(raiseNamed),
    onSuccess: then,
    onSettled: () => client.invalidateQueries({ queryKey: AUDITS }),
  });
}

/** Take an approval back, for a reason (G28). */
export function useRevoke(callId: string, then: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason_code: string) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/revoke', {
          params: { path: { call_id: callId } },
          body: { reason_code },
        }),
      ).catch(raiseNamed),
    onSuccess: then,
    onSettled: () => client.invalidateQueries({ queryKey: AUDITS }),
  });
}
