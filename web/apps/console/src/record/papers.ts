import { api, type Schemas, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

export type Case = Schemas['kyc.CaseView'];
export type Comparison = Schemas['kyc.Comparison'];
export type PhotoKind = Schemas['videocall.PhotoView']['kind'];
export type Paper = 'FRONT' | 'BACK' | 'PORTRAIT';

const TRIES = 8;
const PAUSE_MS = 700;
/** Each look at a person's papers is written down: nothing is read twice behind somebody's back. */
const ONCE = {
  staleTime: Infinity,
  refetchOnWindowFocus: false,
  retry: TRIES,
  retryDelay: PAUSE_MS,
} as const;

/** The case that the person is compared with; kyc hears of the call a moment after it was taken. */
export const useCase = (holdId: string, attempt: number | null) =>
  useQuery<Case>({
    queryKey: ['case', holdId, attempt],
    ...ONCE,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/kyc/v1/cases/{hold_id}', {
          signal,
          params: { path: { hold_id: holdId }, query: { attempt } },
        }),
      ),
  });

/** The address of a picture of the papers that were judged, in this page's memory. */
export const usePaper = (holdId: string, kind: Paper, attempt: number | null, enabled: boolean) =>
  useAddress(
    useQuery<Blob>({
      queryKey: ['paper', holdId, kind, attempt],
      ...ONCE,
      enabled,
      queryFn: ({ signal }) =>
        send(
          api.GET('/api/kyc/v1/cases/{hold_id}/images/{kind}', {
            signal,
            params: { path: { hold_id: holdId, kind }, query: { attempt } },
            parseAs: 'blob',
          }),
        ) as Promise<Blob>,
    }).data,
  );

/** The address of a still of a call, in this page's memory. */
export const useStill = (callId: string, kind: PhotoKind, sha256: string | undefined) =>
  useAddress(
    useQuery<Blob>({
      queryKey: ['still', callId, kind, sha256],
      ...ONCE,
      enabled: sha256 !== undefined,
      queryFn: ({ signal }) =>
        send(
          api.GET('/api/videocall/v1/desk/calls/{call_id}/photos/{kind}', {
            signal,
            params: { path: { call_id: callId, kind }, query: { sha256: sha256 ?? null } },
            parseAs: 'blob',
          }),
        ) as Promise<Blob>,
    }).data,
  );

/** The address of a blob in this page's memory, for as long as the page shows it. */
export function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return setAddress(undefined);
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
