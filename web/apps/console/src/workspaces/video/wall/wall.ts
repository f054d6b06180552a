import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayProblems } from '../../../shell/problems.ts';
import { words } from './words.ts';

export type Wall = Schemas['videocall.Wall'];
export type TeamLine = Schemas['videocall.TeamLine'];
export type AgentLine = Schemas['videocall.AgentLine'];
export type CallLine = Schemas['videocall.CallLine'];
export type Mode = Schemas['videocall.VoiceMode'];
export type Forced = Schemas['videocall.ForcedState'];

const WALL = ['desk', 'wall'] as const;

sayProblems(words.problems);

/** Teams, agents and calls at this moment. */
export const useWall = () =>
  useLive<Wall>({
    key: WALL,
    moving: () => true,
    read: (signal) => send(api.GET('/api/videocall/v1/staff/call-wall', { signal })),
  });

/** Says what was done by itself: the line that was pressed may be gone by then. */
function useAct<V>(act: (values: V) => Promise<unknown>, done: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => toast(done),
    onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** Put an agent into a state. */
export const useForceState = (agentId: string) =>
  useAct(
    (body: Forced) =>
      send(
        api.PUT('/api/videocall/v1/desk/agents/{agent_id}/state', {
          params: { path: { agent_id: agentId } },
          body,
        }),
      ),
    words.forced,
  );

/** Let a waiting call wait for another team. */
export const useMove = (callId: string) =>
  useAct(
    (team: string) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/move', {
          params: { path: { call_id: callId } },
          body: { team },
        }),
      ),
    words.moved,
  );

/** Free a call in hand that goes nowhere. */
export const useRelease = (callId: string) =>
  useAct(
    () =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/release', { params: { path: { call_id: callId } } }),
      ),
    words.released,
  );

const percent = (share: number | null) => (share === null ? words.none : `${Math.round(share * 100)}%`);
export const figures = { percent };
