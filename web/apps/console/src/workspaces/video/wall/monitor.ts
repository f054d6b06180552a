import { ApiError, api, send } from '@chonso/api';
import { useEffect, useState } from 'react';
import type { Mode } from './wall.ts';

export type Feed = 'CUSTOMER' | 'AGENT';
export type Monitor = { feeds: Partial<Record<Feed, MediaStream>>; error: unknown };

const pathOf = (callId: string) => ({ params: { path: { call_id: callId } } });

/** See and hear both parties of a call, unseen; each look is in the access log. */
export function useMonitor(callId: string): Monitor {
  const [seen, setSeen] = useState<Monitor>({ feeds: {}, error: null });
  useEffect(() => {
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: [] });
    let isOver = false;
    connection.addEventListener('track', ({ track, streams: [stream] }) => {
      const feed = stream?.id.replace('feed-', '') as Feed | undefined;
      if (!stream || !feed || track.kind !== 'video') return;
      setSeen(({ feeds }) => ({ feeds: { ...feeds, [feed]: stream }, error: null }));
    });
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') setSeen({ feeds: {}, error: new ApiError(0, null) });
    });
    const watch = async () => {
      const view = await send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/media/views', {
          ...pathOf(callId),
          body: { feeds: ['CUSTOMER', 'AGENT'] },
        }),
      );
      if (isOver) return;
      await connection.setRemoteDescription({ type: 'offer', sdp: view.offer });
      await connection.setLocalDescription();
      await send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/media/views/{peer}/answer', {
          params: { path: { call_id: callId, peer: view.peer } },
          body: { answer: connection.localDescription?.sdp ?? '' },
        }),
      );
    };
    watch().catch((error: unknown) => !isOver && setSeen({ feeds: {}, error }));
    return () => {
      isOver = true;
      connection.close();
    };
  }, [callId]);
  return seen;
}

/** Speak in a call, to the agent alone or to both; returns what ends it. */
export async function speak(callId: string, mode: Mode): Promise<() => Promise<void>> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: mode === 'BARGE' });
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: [] });
  const end = async () => {
    for (const track of stream.getTracks()) track.stop();
    connection.close();
    await send(api.DELETE('/api/videocall/v1/desk/calls/{call_id}/media/voice', pathOf(callId)));
  };
  try {
    for (const track of stream.getTracks())
      connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    await connection.setLocalDescription();
    const { answer } = await send(
      api.POST('/api/videocall/v1/desk/calls/{call_id}/media/voice', {
        ...pathOf(callId),
        body: { mode, offer: connection.localDescription?.sdp ?? '' },
      }),
    );
    await connection.setRemoteDescription({ type: 'answer', sdp: answer });
    return end;
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    connection.close();
    throw error;
  }
}
