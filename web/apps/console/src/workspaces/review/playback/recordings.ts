import { api, send } from '@chonso/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAddress } from '../../../record/papers.ts';
import type { Evidence, Span } from './timeline.ts';

/** Each look at a recording is written down: nothing is read twice behind somebody's back. */
const ONCE = { staleTime: Infinity, refetchOnWindowFocus: false } as const;

/** A call's events and parts, verified when it was asked for. */
export const useEvidence = (callId: string) =>
  useQuery<Evidence>({
    queryKey: ['evidence', callId],
    ...ONCE,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/videocall/v1/desk/calls/{call_id}/evidence', {
          signal,
          params: { path: { call_id: callId } },
        }),
      ),
  });

/** The address of a part of the recording, in this page's memory; and what kept it from being opened. */
export function useRecording(callId: string, { role, part }: Span) {
  const { data, error, refetch } = useQuery<Blob>({
    queryKey: ['recording', callId, role, part],
    ...ONCE,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/videocall/v1/desk/calls/{call_id}/recordings/{role}/{part}', {
          signal,
          params: { path: { call_id: callId, role, part } },
          parseAs: 'blob',
        }),
      ) as Promise<Blob>,
  });
  return { address: useAddress(data), error, refetch };
}

/** Keep the evidence of a journey whatever its time, for a reason (LAW12). */
export const usePlace = (evidence: Evidence, then: () => void) =>
  useWord(evidence, then, (hold_id, reason_code) =>
    send(
      api.PUT('/api/videocall/v1/desk/holds/{hold_id}/legal-hold', {
        params: { path: { hold_id } },
        body: { reason_code },
      }),
    ),
  );

/** Let the time of the evidence run again, for a reason. */
export const useLift = (evidence: Evidence, then: () => void) =>
  useWord(evidence, then, (hold_id, reason_code) =>
    send(
      api.POST('/api/videocall/v1/desk/holds/{hold_id}/legal-hold/lift', {
        params: { path: { hold_id } },
        body: { reason_code },
      }),
    ),
  );

function useWord(
  { hold_id }: Evidence,
  then: () => void,
  say: (hold_id: string, reason_code: string) => Promise<unknown>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason_code: string) => say(hold_id, reason_code),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['evidence'] });
      then();
    },
  });
}
