import { api, isProblem, send } from '@chonso/api';
import { watchDocument } from '@chonso/app';
import type { Signalling } from '@chonso/media';

/** The customer's side of the media of a call. */
export function signallingOf(callId: string): Signalling {
  const params = { path: { call_id: callId } };
  return {
    read: () => send(api.GET('/api/videocall/v1/calls/{call_id}/media', { params })),
    watch: (take) => watchDocument({ document: 'media', call: callId }, take),
    publish: (offer) =>
      send(api.POST('/api/videocall/v1/calls/{call_id}/media', { params, body: { offer } })),
    view: () =>
      send(api.POST('/api/videocall/v1/calls/{call_id}/media/views', { params })).catch((error: unknown) => {
        if (isProblem(error, 'nothing-to-see-yet')) return null;
        throw error;
      }),
    answer: (peer, answer) =>
      send(
        api.POST('/api/videocall/v1/calls/{call_id}/media/views/{peer}/answer', {
          params: { path: { call_id: callId, peer } },
          body: { answer },
        }),
      ),
  };
}
