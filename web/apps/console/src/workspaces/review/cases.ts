import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';
import { raiseNamed } from '../../shell/names.ts';
import { decidedBy, sayProblems, takenBy } from '../../shell/problems.ts';
import { words } from './words.ts';

export type Item = Schemas['kyc.CaseItem'];
export type Case = Schemas['kyc.CaseView'];
export type Counts = Schemas['kyc.Counts'];
export type Claim = 'OWN' | 'FREE' | 'OTHERS';
export type Point = Item['open_points'][number];
export type Findings = { [point: string]: Schemas['kyc.Compared'] };
export type Search = { claim?: Claim | undefined; point?: Point | undefined; id?: string | undefined };

const CASES = ['cases'] as const;

sayProblems({
  ...words.problems,
  'claimed-by-another': (facts) => `Hồ sơ đã được ${takenBy(facts)}.`,
  'already-audited': (facts) => `Cuộc gọi đã được ${decidedBy(facts, 'kiểm tra')}.`,
  'already-revoked': (facts) => `Kết quả duyệt đã được ${decidedBy(facts, 'thu hồi')}.`,
});

export const useCounts = (enabled = true) =>
  useLive<Counts>({
    key: [...CASES, 'counts'],
    enabled,
    read: (signal) => send(api.GET('/api/kyc/v1/cases/counts', { signal })),
  });

/** The cases that wait for a reviewer or for a store; nobody's papers are opened by looking at the list. */
export const useCases = (waitingFor: 'REVIEW' | 'STORE', { claim, point }: Search) =>
  usePages<Item>({
    key: [...CASES, waitingFor, claim, point],
    read: (after, signal) =>
      send(
        api.GET('/api/kyc/v1/cases', {
          signal,
          params: {
            query: {
              after,
              limit: 50,
              waiting_for: waitingFor,
              ...(claim && { claim }),
              ...(point && { point }),
            },
          },
        }),
      ),
  });

export type Act =
  | { act: 'claim' | 'take-over' | 'release' }
  | { act: 'review'; body: Schemas['kyc.Review'] }
  | { act: 'reopen'; body: Schemas['kyc.Reopening'] };

function done(holdId: string, what: Act): Promise<Case> {
  const params = { path: { hold_id: holdId } };
  switch (what.act) {
    case 'claim':
      return send(api.POST('/api/kyc/v1/cases/{hold_id}/claim', { params }));
    case 'take-over':
      return send(api.POST('/api/kyc/v1/cases/{hold_id}/take-over', { params }));
    case 'release':
      return send(api.POST('/api/kyc/v1/cases/{hold_id}/release', { params }));
    case 'review':
      return send(api.POST('/api/kyc/v1/cases/{hold_id}/review', { params, body: what.body }));
    case 'reopen':
      return send(api.POST('/api/kyc/v1/cases/{hold_id}/reopen', { params, body: what.body }));
  }
}

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: CASES });

/** Claim, give back or decide a case; a refusal names the colleague who was first. */
export function useAct(holdId: string, then: (act: Act, after: Case) => void = () => undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Act) => done(holdId, what).catch(raiseNamed),
    onSuccess: (after, what) => {
      client.setQueryData(['case', holdId, null], after);
      then(what, after);
    },
    onSettled: () => refresh(client),
  });
}

const shopKey = (code: string) => ['store case', code] as const;

/** The customers a store may expect; their codes are on their phones. */
export const useExpected = () =>
  usePages<Schemas['kyc.StoreItem']>({
    key: [...CASES, 'expected'],
    read: (after, signal) =>
      send(api.GET('/api/kyc/v1/store-cases', { signal, params: { query: { after, limit: 50 } } })),
  });

/** Open the case of the customer who shows this code. */
export function useOpenAtStore(then: (code: string, opened: Case) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      send(api.GET('/api/kyc/v1/store-cases/{hold_code}', { params: { path: { hold_code: code } } })).catch(
        raiseNamed,
      ),
    onSuccess: (opened, code) => {
      client.setQueryData(shopKey(code), opened);
      then(code, opened);
    },
  });
}

/** Decide about the customer in the store. */
export function useStoreDecision(code: string, then: (after: Case) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['kyc.StoreDecision']) =>
      send(
        api.POST('/api/kyc/v1/store-cases/{hold_code}/decision', {
          params: { path: { hold_code: code } },
          body,
        }),
      ).catch(raiseNamed),
    onSuccess: then,
    onSettled: () => refresh(client),
  });
}
