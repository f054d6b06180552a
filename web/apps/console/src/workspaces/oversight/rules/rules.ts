import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayProblems } from '../../../shell/problems.ts';
import { useMe } from '../../../shell/session.ts';
import { words } from './words.ts';

export type Pilot = Schemas['videocall.Pilot'];
export type Rule = Schemas['videocall.OverflowRule'];
export type NewRule = Schemas['videocall.NewRule'];

const RULES = ['call-rules'] as const;
const MANAGERS = ['region_manager', 'admin'];

sayProblems(words.problems);

/** Whether this person may change rules; what concerns other regions is head office's. */
export function useMayChange(): { rules: boolean; pilot: boolean } {
  const { roles, regions } = useMe();
  const rules = roles.some((role) => MANAGERS.includes(role));
  return { rules, pilot: rules && !regions.length };
}

export const usePilots = () =>
  useLive({
    key: [...RULES, 'pilots'],
    read: (signal) => send(api.GET('/api/videocall/v1/staff/video-regions', { signal })),
  });

export const useRules = () =>
  useLive({
    key: [...RULES, 'overflow'],
    read: (signal) => send(api.GET('/api/videocall/v1/staff/overflow-rules', { signal })),
  });

function useChange<V>(change: (values: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: RULES }),
  });
}

/** Offer video calls in a region, or name who answers instead (G40). */
export const useSwitchPilot = () =>
  useChange(
    ({ region, ...body }: { region: Pilot['region']; offered: boolean; substitute?: string | null }) =>
      send(api.PUT('/api/videocall/v1/staff/video-regions/{region}', { params: { path: { region } }, body })),
  );

/** Open or close a rule, or change its time. */
export const useSetRule = () =>
  useChange(({ rule_id, ...body }: { rule_id: string; after_seconds: number; open: boolean }) =>
    send(
      api.PUT('/api/videocall/v1/staff/overflow-rules/{rule_id}', { params: { path: { rule_id } }, body }),
    ),
  );

export const useAddRule = () =>
  useChange((body: NewRule) => send(api.POST('/api/videocall/v1/staff/overflow-rules', { body })));

export const useDropRule = () =>
  useChange(({ rule_id }: { rule_id: string }) =>
    send(api.DELETE('/api/videocall/v1/staff/overflow-rules/{rule_id}', { params: { path: { rule_id } } })),
  );
