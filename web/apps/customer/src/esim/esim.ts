import { ApiError, api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import type { QueryClient } from '@tanstack/react-query';
import { activationKey } from '../activation/journey.ts';
import { patiently } from '../patiently.ts';

export type Card = Schemas['activation.EsimCard'];
export const FAULTS = [
  'NO_INTERNET',
  'CODE_USED',
  'CODE_EXPIRED',
  'CONFIRMATION_CODE',
  'MEMORY_FULL',
  'DEVICE_NOT_ESIM',
  'DEVICE_LOCKED',
  'UNKNOWN',
] as const;
export type Fault = (typeof FAULTS)[number];

export const cardKey = (holdId: string) => ['esim', holdId] as const;

/** All ways to put the profile on a phone (F5b.13); null while no code is there that a phone could use. */
export const useCard = (holdId: string, waiting: boolean, enabled: boolean) =>
  useLive<Card | null>({
    key: cardKey(holdId),
    read: (signal) =>
      send(
        api.GET('/api/activation/v1/activations/{hold_id}/esim', {
          signal,
          params: { path: { hold_id: holdId } },
        }),
      ).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }),
    moving: (card) => waiting || card === null,
    enabled,
  });

/** The picture of a profile's code; another profile has another address, so that no old picture is shown. */
export const pictureOf = (holdId: string, card: Card): string =>
  `/api/activation/v1/activations/${holdId}/esim.png#${card.profile_id}`;

/** Say how the scan went (F5b.15, F5b.17). */
export async function sayScanned(client: QueryClient, holdId: string, fault: Fault | null): Promise<void> {
  const after = await patiently(() =>
    send(
      api.POST('/api/activation/v1/activations/{hold_id}/esim/scan', {
        params: { path: { hold_id: holdId } },
        body: fault
          ? { result: 'FAILED', reason_code: fault }
          : { result: 'SUCCEEDED', reason_code: 'UNKNOWN' },
      }),
    ),
  );
  client.setQueryData(activationKey(holdId), after);
  await client.invalidateQueries({ queryKey: cardKey(holdId) });
}

/** Ask for a new code after a failed scan (F5b.20 TH1); it comes in a moment. */
export const askForNewCode = (holdId: string): Promise<unknown> =>
  send(
    api.POST('/api/activation/v1/activations/{hold_id}/esim/reissue', {
      params: { path: { hold_id: holdId } },
    }),
  );

export type Device = 'ios' | 'android' | 'other';

const IOS_SINCE = 17.4;
const ANDROID_SINCE = 10;

/** The kind of phone that installs an eSIM by a link: iOS since 17.4, Android since 10; others scan or type. */
export function deviceOf(agent: string): Device {
  const ios = /(?:iPhone|iPad).*? OS (\d+)_(\d+)/.exec(agent);
  if (ios && Number(`${ios[1]}.${ios[2]}`) >= IOS_SINCE) return 'ios';
  const android = /Android (\d+)/.exec(agent);
  if (android && Number(android[1]) >= ANDROID_SINCE && /Mobile/.test(agent)) return 'android';
  return 'other';
}
