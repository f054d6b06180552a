import { ApiError, api, isProblem, isUnknown, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import type { QueryClient } from '@tanstack/react-query';
import { patiently } from '../patiently.ts';
import { activationKey, type Journey, sessionKey } from './journey.ts';

export type Call = Schemas['videocall.CallView'];
export type GivenConsent = Schemas['videocall.GivenConsent'];
export type Slots = Schemas['videocall.Slots'];
export type Appointment = Schemas['videocall.AppointmentView'];

export const callKey = (holdId: string) => ['call', holdId] as const;
/** What the call team answers while the news of the check or of the routing is on its way. */
const ON_THEIR_WAY = ['not-heard-yet', 'not-ready'];
const NEXT_MS = 500;
/** An agent may set a challenge or ask for a photo at any moment, and waits for it. */
const TALKING_MS = 1_000;
const LIVE = ['QUEUED', 'OFFERED', 'CONNECTING', 'IN_CALL', 'DROPPED'];

/** Tell whether an agent may accept the call at any moment: it is then asked more often, for a person waits at once. */
const isNext = (call: Call | null | undefined): boolean =>
  call?.status === 'OFFERED' || (call?.status === 'QUEUED' && (call.position ?? 1) === 1);

/** The newest call of a hold; asking keeps the place in the queue, so it goes on in a hidden tab (SD.1). */
export const useCall = (holdId: string) =>
  useLive<Call | null>({
    key: callKey(holdId),
    read: (signal) =>
      send(
        api.GET('/api/videocall/v1/calls/by-hold/{hold_id}', {
          signal,
          params: { path: { hold_id: holdId } },
        }),
      ).catch((error: unknown) => {
        if (isUnknown(error)) return null;
        throw error;
      }),
    pushed: (call) =>
      call && LIVE.includes(call.status) ? { document: 'call', call: call.call_id } : undefined,
    moving: (call) => {
      if (call?.status === 'IN_CALL') return TALKING_MS;
      return isNext(call) ? NEXT_MS : LIVE.includes(call?.status ?? '');
    },
    background: true,
  });

/**
 * The call that still says something. One that a refused connection has made worthless is none (G32), and so is a
 * rejection of papers that were sent again and have passed since (G26): a call's id says when it began (UUIDv7).
 */
export function usable(call: Call | null, { session, activation }: Pick<Journey, 'session' | 'activation'>) {
  if (!call) return null;
  const isVoid =
    call.status === 'APPROVED' &&
    activation?.status === 'REFUSED' &&
    activation.waiting_for.includes('VIDEO_CALL');
  const isMended = sendsBack(call) && Date.parse(session?.passed_at ?? '') > madeAt(call.call_id);
  return isVoid || isMended ? null : call;
}

/** Tell whether a call has sent its customer back to the form or to the papers (F5a.8 TH1, F5b.7 TH1). */
export const sendsBack = (call: Call | null): call is Call & { repeat: 'EDIT' | 'PHOTO' } =>
  call?.status === 'REJECTED' && (call.repeat === 'EDIT' || call.repeat === 'PHOTO');

const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Show what a press has made of the call; nobody waits for what else is read anew. */
function keep(client: QueryClient, call: Call): Call {
  client.setQueryData(callKey(call.hold_id), call);
  void client.invalidateQueries({ queryKey: activationKey(call.hold_id) });
  return call;
}

/** Call the verification team, or go on waiting (F5a.8, F5b.7); without a consent the service says which it needs. */
export const placeCall = async (client: QueryClient, holdId: string, consent?: GivenConsent): Promise<Call> =>
  keep(
    client,
    await patiently(
      () =>
        send(api.POST('/api/videocall/v1/calls', { body: { hold_id: holdId, consent: consent ?? null } })),
      [...ON_THEIR_WAY],
    ),
  );

/** Leave the queue, or hang up. */
export const leaveCall = async (client: QueryClient, call: Call): Promise<Call> =>
  keep(
    client,
    await send(
      api.POST('/api/videocall/v1/calls/{call_id}/leave', { params: { path: { call_id: call.call_id } } }),
    ),
  );

/** Come back after the line broke: to the same agent in time, or else to the queue (G26). */
export const returnToCall = async (client: QueryClient, call: Call, consent?: GivenConsent): Promise<Call> =>
  keep(
    client,
    await send(
      api.POST('/api/videocall/v1/calls/{call_id}/return', {
        params: { path: { call_id: call.call_id } },
        body: { consent: consent ?? null },
      }),
    ),
  );

/** Read what the call has changed elsewhere: the check may be open again. */
export const heedCall = async (client: QueryClient, holdId: string): Promise<void> => {
  await client.invalidateQueries({ queryKey: sessionKey(holdId) });
  await client.invalidateQueries({ queryKey: activationKey(holdId) });
};

/** When the team is back, by the refusal of a call out of hours; null if it did not say. */
export function opensAt(error: unknown): string | null {
  const said = error instanceof ApiError ? error.problem?.opens_at : null;
  return typeof said === 'string' ? said : null;
}

const appointmentKey = (holdId: string) => ['appointment', holdId] as const;

/** The appointment of a hold, if one was booked. */
export const useAppointment = (holdId: string) =>
  useLive<Appointment | null>({
    key: appointmentKey(holdId),
    read: (signal) =>
      send(
        api.GET('/api/videocall/v1/appointments/by-hold/{hold_id}', {
          signal,
          params: { path: { hold_id: holdId } },
        }),
      ).catch((error: unknown) => {
        if (isUnknown(error)) return null;
        throw error;
      }),
  });

/** The times at which the team can be called, and when it is at work (SD.1, G33). */
export const useSlots = (holdId: string) =>
  useLive<Slots>({
    key: ['slots', holdId],
    read: (signal) =>
      send(
        api.GET('/api/videocall/v1/appointments/by-hold/{hold_id}/slots', {
          signal,
          params: { path: { hold_id: holdId } },
        }),
      ),
  });

/** Tell whether the region of a hold offers no video calls, as the call itself or its times were refused (G40). */
export function useIsOutsidePilot(holdId: string, refusal: unknown): boolean {
  const { error } = useSlots(holdId);
  return isProblem(error, 'not-in-pilot') || isProblem(refusal, 'not-in-pilot');
}

/** Book a time instead of waiting: who waits leaves the queue first. Another time may be booked later. */
export async function book(
  client: QueryClient,
  holdId: string,
  startsAt: string,
  waiting: Call | null,
): Promise<void> {
  if (waiting) await leaveCall(client, waiting);
  const booked = await send(
    api.POST('/api/videocall/v1/appointments', { body: { hold_id: holdId, starts_at: startsAt } }),
  );
  client.setQueryData(appointmentKey(holdId), booked);
}
