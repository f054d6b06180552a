import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import type { QueryClient } from '@tanstack/react-query';

export type Slip = Schemas['hold.Slip'];
export type Sim = Slip['sim'];

export const holdKey = (holdId: string) => ['hold', holdId] as const;

/** One of the person's holds. */
export const readHold = (holdId: string, signal: AbortSignal): Promise<Slip> =>
  send(api.GET('/api/hold/v1/holds/{hold_id}', { signal, params: { path: { hold_id: holdId } } }));

/** The hold of an address, kept fresh: it may be confirmed, released or expired by others. */
export const useHold = (holdId: string) =>
  useLive<Slip>({
    key: holdKey(holdId),
    read: (signal) => readHold(holdId, signal),
    moving: (slip) => slip?.status === 'HELD',
  });

/** Press "Giữ số" (F3.1): repeated with the same key it is the same hold. */
export const placeHold = (offer: string, sim: Sim, key: string): Promise<Slip> =>
  send(
    api.POST('/api/hold/v1/holds', { body: { offer, sim }, params: { header: { 'Idempotency-Key': key } } }),
  );

/** Give the number back (F3.14 TH2). */
export async function giveUp(client: QueryClient, holdId: string): Promise<void> {
  await send(api.DELETE('/api/hold/v1/holds/{hold_id}', { params: { path: { hold_id: holdId } } }));
  await client.invalidateQueries({ queryKey: ['holds'] });
  await client.invalidateQueries({ queryKey: holdKey(holdId) });
}

/** Five minutes more for the form, once. */
export async function extend(client: QueryClient, holdId: string): Promise<void> {
  const slip = await send(
    api.POST('/api/hold/v1/holds/{hold_id}/extend', { params: { path: { hold_id: holdId } } }),
  );
  client.setQueryData(holdKey(holdId), slip);
}
