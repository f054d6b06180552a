import { api, isProblem, send } from '@chonso/api';
import { type Taken, takePhoto } from '@chonso/media';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Call, callKey } from '../activation/calls.ts';
import type { Flaw, Photo, PhotoRequest } from './tasks.ts';

const COUNT_FROM = 3;
const SECOND_MS = 1_000;
/** As long as a sentence about what was wrong takes to read. */
const POOR_MS = 2_600;
const SENT_MS = 2_200;
const TAKES = 4;

/** Answer the agent's request for a photo: count down, take it with the own camera, send it; again where it is poor. */
export function usePhoto(call: Call, stream: MediaStream | undefined): Photo | null {
  const [photo, setPhoto] = useState<Photo | null>(null);
  const client = useQueryClient();
  const asked = useRef<PhotoRequest | null>(null);
  asked.current = call.photo_request ?? null;
  const id = call.photo_request?.id;
  const { call_id, hold_id } = call;
  useEffect(() => {
    const request = asked.current;
    if (!id || !request || !stream) return;
    let over = false;
    const become = (change: Partial<Photo>) =>
      over ||
      setPhoto((was) => ({ ...(was ?? { request, left: 0, flaw: null, phase: 'counting' }), ...change }));
    const answer = async () => {
      for (let take = 0; take < TAKES && !over; take += 1) {
        for (let left = COUNT_FROM; left > 0 && !over; left -= 1) {
          become({ request, phase: 'counting', left });
          await pause(SECOND_MS);
        }
        if (over) return;
        become({ phase: 'taking', left: 0 });
        const taken = await takePhoto(stream);
        become({ phase: 'sending' });
        const flaw = await sent(call_id, request, taken);
        if (!flaw) break;
        become({ phase: 'poor', flaw });
        await pause(POOR_MS);
      }
      become({ phase: 'sent' });
      await client.invalidateQueries({ queryKey: callKey(hold_id) });
      await pause(SENT_MS);
    };
    answer().then(
      () => over || setPhoto(null),
      () => become({ phase: 'failed' }),
    );
    return () => {
      over = true;
      setPhoto((was) => (was?.phase === 'sent' ? was : null));
    };
  }, [id, stream, call_id, hold_id, client]);
  useEffect(() => {
    if (photo?.phase !== 'sent') return;
    const timer = setTimeout(() => setPhoto(null), SENT_MS);
    return () => clearTimeout(timer);
  }, [photo?.phase]);
  return photo;
}

const pause = (ms: number) => new Promise((goOn) => setTimeout(goOn, ms));

/** Send a photo, once more if the line breaks; returns what is wrong with it. A request that is over is answered. */
async function sent(call_id: string, { id }: PhotoRequest, { picture, source }: Taken): Promise<Flaw | null> {
  const attempt = () =>
    send(
      api.POST('/api/videocall/v1/calls/{call_id}/photos/{request_id}', {
        params: { path: { call_id, request_id: id }, query: { source } },
        body: picture as unknown as string,
        bodySerializer: (body) => body as unknown as Blob,
        headers: { 'content-type': 'image/jpeg' },
      }),
    );
  try {
    const kept = await attempt().catch((error: unknown) => {
      if (isProblem(error, 'request-over') || isProblem(error, 'not-a-picture')) throw error;
      return attempt();
    });
    return kept.flaw;
  } catch (error) {
    if (isProblem(error, 'request-over')) return null;
    if (isProblem(error, 'not-a-picture')) return 'BLURRED';
    throw error;
  }
}
