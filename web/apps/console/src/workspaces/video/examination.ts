import { api, type Schemas, send } from '@chonso/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Call, callKey, type PhotoKind } from './calls.ts';

export type Hint = NonNullable<Schemas['videocall.Ask']['hint']>;

/** What an agent does in an examination, besides talking. */
export type Act =
  | { act: 'issue'; challenge: string }
  | { act: 'judge'; challenge: string; result: 'PASS' | 'FAIL' }
  | { act: 'redraw' }
  | { act: 'ask'; kind: PhotoKind; hint: Hint | null }
  | { act: 'accept'; kind: PhotoKind; sha256: string };

const CHALLENGE = '/api/videocall/v1/desk/calls/{call_id}/challenges/{challenge_id}' as const;
const PHOTO = '/api/videocall/v1/desk/calls/{call_id}/photos/{kind}' as const;

/** The part of the call that an act changes, as the service shows it afterwards. */
async function done(call_id: string, what: Act): Promise<Partial<Call>> {
  switch (what.act) {
    case 'issue': {
      const path = { call_id, challenge_id: what.challenge };
      return { challenges: (await send(api.POST(`${CHALLENGE}/issue`, { params: { path } }))).items };
    }
    case 'judge': {
      const path = { call_id, challenge_id: what.challenge };
      const body = { result: what.result };
      return { challenges: (await send(api.POST(`${CHALLENGE}/result`, { params: { path }, body }))).items };
    }
    case 'redraw': {
      const said = api.POST('/api/videocall/v1/desk/calls/{call_id}/challenges', {
        params: { path: { call_id } },
      });
      return { challenges: (await send(said)).items };
    }
    case 'ask': {
      const path = { call_id, kind: what.kind };
      const body = { hint: what.hint };
      const said = await send(api.POST(`${PHOTO}/request`, { params: { path }, body }));
      return { photos: said.items, photo_request: said.request };
    }
    case 'accept': {
      const path = { call_id, kind: what.kind };
      const body = { sha256: what.sha256 };
      const said = await send(api.POST(`${PHOTO}/accept`, { params: { path }, body }));
      return { photos: said.items, photo_request: said.request };
    }
  }
}

/** Set and judge challenges, ask for photos and accept them. */
export function useExamination(callId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Act) => done(callId, what),
    onSuccess: (changed) => {
      client.setQueryData<Call>(callKey(callId), (call) => call && { ...call, ...changed });
      void client.invalidateQueries({ queryKey: callKey(callId) });
    },
  });
}
