import { api, isProblem, send } from '@chonso/api';
import { watchDocument } from '@chonso/app';
import type { Signalling } from '@chonso/media';
import { useMemo } from 'react';

/** The agent's side of the media of the call in hand. */
function signallingOf(callId: string): Signalling {
  const params = { path: { call_id: callId } };
  return {
    read: () => send(api.GET('/api/videocall/v1/desk/calls/{call_id}/media', { params })),
    watch: (take) => watchDocument({ document: 'desk_media', call: callId }, take),
    publish: (offer) =>
      send(api.POST('/api/videocall/v1/desk/calls/{call_id}/media', { params, body: { offer } })),
    view: () =>
      send(api.POST('/api/videocall/v1/desk/calls/{call_id}/media/views', { params })).catch(
        (error: unknown) => {
          if (isProblem(error, 'nothing-to-see-yet')) return null;
          throw error;
        },
      ),
    answer: (peer, answer) =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/media/views/{peer}/answer', {
          params: { path: { call_id: callId, peer } },
          body: { answer },
        }),
      ),
  };
}

/** The agent's side of a call, the same object as long as it is the same call. */
export const useSignalling = (callId: string | null): Signalling | null =>
  useMemo(() => (callId ? signallingOf(callId) : null), [callId]);
