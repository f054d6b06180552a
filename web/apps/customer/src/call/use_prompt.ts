import { api, send } from '@chonso/api';
import { useEffect } from 'react';
import type { Call } from '../activation/calls.ts';
import type { Prompt } from './tasks.ts';

/** The challenge that is set now; the service is told once it is on the screen. */
export function usePrompt({ call_id, challenge }: Call): Prompt | null {
  const id = challenge?.id;
  useEffect(() => {
    if (!id) return;
    const path = { call_id, challenge_id: id };
    const shown = api.POST('/api/videocall/v1/calls/{call_id}/challenges/{challenge_id}/shown', {
      params: { path },
    });
    void send(shown).catch(() => undefined); // Whoever is not told sees that it was not shown.
  }, [call_id, id]);
  return challenge ?? null;
}
