import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { toast } from '@chonso/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { raiseNamed } from '../../shell/names.ts';
import { words } from './words.ts';

export type Dossier = Schemas['activation.QueueItem'];
export type Counts = Schemas['activation.DeskCounts'];
export type Paper = Schemas['activation.DossierView'];
export type Call = Schemas['videocall.DeskCall'];
export type Step = NonNullable<Dossier['repeat']>;
type ReasonCode = Schemas['activation.Refusal']['reason_code'];
type Region = NonNullable<Dossier['region']>;

export const TABS = ['QUEUED', 'OWN', 'DELAYED', 'CONNECTING', 'REFUSED'] as const;
export type Tab = (typeof TABS)[number];
export type ListSearch = {
  tab?: Tab | 'INCIDENTS' | undefined;
  sim?: Dossier['sim'] | undefined;
  region?: Region | undefined;
  id?: string | undefined;
};

const KEY = 'connection';
const PAGE = 50;

/** The work of the desk, counted by stage; exact, read every few seconds. */
export const useCounts = () =>
  useLive<Counts>({
    key: [KEY, 'counts'],
    read: (signal) => send(api.GET('/api/activation/v1/desk/counts', { signal })),
  });

/** The dossiers of a tab, the oldest first. */
export function useDossiers(tab: Tab, { sim, region }: ListSearch, enabled = true) {
  return usePages<Dossier>({
    key: [KEY, 'queue', tab, sim, region],
    enabled,
    read: (after, signal) => {
      const isOwn = tab === 'OWN';
      const query = {
        stage: isOwn ? null : tab,
        sim: sim ?? null,
        region: region ?? null,
        claimed_by_me: isOwn,
        limit: PAGE,
        after,
      };
      return send(api.GET('/api/activation/v1/desk/queue', { params: { query }, signal }));
    },
  });
}

/** One dossier in any stage, kept fresh. */
export const useDossier = (holdId: string | undefined) =>
  useLive<Dossier>({
    key: [KEY, 'dossier', holdId],
    enabled: !!holdId,
    moving: () => true,
    read: (signal) =>
      send(
        api.GET('/api/activation/v1/desk/{hold_id}', { params: { path: { hold_id: holdId ?? '' } }, signal }),
      ),
  });

/** The signed papers; each reading is a look that is written down, so they are read once. */
export const usePaper = (holdId: string) =>
  useQuery({
    queryKey: [KEY, 'paper', holdId],
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/activation/v1/desk/{hold_id}/dossier', {
          params: { path: { hold_id: holdId } },
          signal,
        }),
      ),
  });

/** The call that the dossier rests on, with the list of its stills. */
export const useCall = (callId: string | null) =>
  useQuery({
    queryKey: [KEY, 'call', callId],
    enabled: !!callId,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/videocall/v1/desk/calls/{call_id}', {
          params: { path: { call_id: callId ?? '' } },
          signal,
        }),
      ),
  });

/** The other numbers on the customer's document (LAW02). */
export const useDocumentNumbers = (holdId: string) =>
  useQuery({
    queryKey: [KEY, 'numbers', holdId],
    retry: false,
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/kyc/v1/cases/{hold_id}/document-numbers', {
          params: { path: { hold_id: holdId } },
          signal,
        }),
      ),
  });

/** The reasons of a refusal, each with the step that it sends back to. */
export const useReasons = () =>
  useQuery({
    queryKey: [KEY, 'reasons'],
    staleTime: Infinity,
    queryFn: ({ signal }) => send(api.GET('/api/activation/v1/desk/reasons', { signal })),
  });

export type Verb = 'claim' | 'release' | 'take-over' | 'confirm' | 'send-again';
export type Change =
  | { holdId: string; verb: Verb }
  | { holdId: string; verb: 'refuse'; reason: string; note: string }
  | { holdId: string; verb: 'reopen'; step: string; note: string };

function sent(change: Change): Promise<Dossier> {
  const params = { path: { hold_id: change.holdId } };
  switch (change.verb) {
    case 'refuse':
      return send(
        api.POST('/api/activation/v1/desk/{hold_id}/refuse', {
          params,
          body: { reason_code: change.reason as ReasonCode, reason_text: change.note },
        }),
      );
    case 'reopen':
      return send(
        api.POST('/api/activation/v1/desk/{hold_id}/reopen', {
          params,
          body: { repeat: change.step as Exclude<Step, 'STORE'>, reason_text: change.note },
        }),
      );
    default:
      return send(api.POST(`/api/activation/v1/desk/{hold_id}/${change.verb}` as const, { params }));
  }
}

/** A step of the desk about one dossier; a conflict names the colleague, and what is shown is read anew. */
export function useChange(onDone?: (change: Change, dossier: Dossier) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => sent(change).catch(raiseNamed),
    onSuccess: (dossier, change) => {
      client.setQueryData([KEY, 'dossier', change.holdId], dossier);
      toast(words.toasts[change.verb]);
      onDone?.(change, dossier);
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [key, part] }) =>
          key === KEY && ['counts', 'queue', 'dossier', 'incidents'].includes(String(part)),
      }),
  });
}
