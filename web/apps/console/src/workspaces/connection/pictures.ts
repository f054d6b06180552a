import { api, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

export type StillKind = 'FRONT' | 'BACK' | 'FACE' | 'FACE_WITH_ID' | 'SIM';
/** A picture of the evidence: what the customer signed or photographed, or a still of the call. */
export type Picture =
  | { of: 'signature' | 'sim-photo'; holdId: string }
  | { of: 'still'; callId: string; kind: StillKind };

function read(picture: Picture, signal: AbortSignal): Promise<unknown> {
  if (picture.of === 'still')
    return send(
      api.GET('/api/videocall/v1/desk/calls/{call_id}/photos/{kind}', {
        signal,
        params: { path: { call_id: picture.callId, kind: picture.kind } },
        parseAs: 'blob',
      }),
    );
  const params = { path: { hold_id: picture.holdId } };
  return picture.of === 'signature'
    ? send(api.GET('/api/activation/v1/desk/{hold_id}/signature', { signal, params, parseAs: 'blob' }))
    : send(api.GET('/api/activation/v1/desk/{hold_id}/sim-photo', { signal, params, parseAs: 'blob' }));
}

/** The address of a picture in this page's memory: each reading is a look that is written down, so it is read once. */
export function usePicture(picture: Picture): { address: string | undefined; isMissing: boolean } {
  const { data, isError } = useQuery({
    queryKey: ['connection', 'picture', picture],
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
    queryFn: ({ signal }) => read(picture, signal) as Promise<Blob>,
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!data) return setAddress(undefined);
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { address, isMissing: isError };
}
