import { api, isUnknown, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type Slip, useHold } from '../hold/holds.ts';
import type { Step } from './steps.ts';

export type Session = Schemas['kyc.SessionView'];
export type Activation = Schemas['activation.ActivationView'];

/** One hold on its way to the network, as hold, kyc and activation tell it to its customer. */
export type Journey = { holdId: string; slip: Slip; session: Session | null; activation: Activation | null };

export const sessionKey = (holdId: string) => ['kyc', holdId] as const;
export const activationKey = (holdId: string) => ['activation', holdId] as const;

/** The address of a step, or of the page that chooses the step by the state. */
export const stepAddress = (holdId: string, step?: Step): string =>
  step ? `/activate/${holdId}/${step}` : `/activate/${holdId}`;

const orNull = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isUnknown(error)) return null;
    throw error;
  });

const CHANGING = ['QUEUED', 'CONNECTING', 'VIDEO_WAITING', 'VIDEO_IN_CALL'];

/** Read a journey from its three services and keep it fresh. */
export function useJourney(holdId: string, enabled = true) {
  const path = { hold_id: holdId };
  const client = useQueryClient();
  const slip = useHold(holdId);
  const session = useLive<Session | null>({
    key: sessionKey(holdId),
    read: (signal) =>
      orNull(send(api.GET('/api/kyc/v1/sessions/by-hold/{hold_id}', { signal, params: { path } }))),
    moving: (data) =>
      data?.status === 'KYC_CHECKING' || lags(data, client.getQueryData<Activation>(activationKey(holdId))),
    enabled,
  });
  const activation = useLive<Activation | null>({
    key: activationKey(holdId),
    read: (signal) =>
      orNull(send(api.GET('/api/activation/v1/activations/{hold_id}', { signal, params: { path } }))),
    moving: (data) => CHANGING.includes(data?.status ?? '') || lags(session.data, data),
    enabled,
  });
  const parts = [slip, session, activation];
  const journey: Journey | undefined =
    slip.data && session.data !== undefined && activation.data !== undefined
      ? { holdId, slip: slip.data, session: session.data, activation: activation.data }
      : undefined;
  return {
    journey,
    error: journey ? null : (parts.find((part) => part.isError)?.error ?? null),
    refetch: () => void Promise.all(parts.map((part) => part.refetch())),
  };
}

/** Tell whether activation or kyc has not heard yet what the other one knows already. */
const lags = (session: Session | null | undefined, activation: Activation | null | undefined): boolean =>
  session?.status === 'KYC_PASSED' && (activation?.waiting_for.includes('KYC') ?? true);

/** Begin the activation, or go on with the one begun (F5a.3, F5b.2). */
export async function openSession(client: QueryClient, holdId: string): Promise<Session> {
  const session = await send(api.POST('/api/kyc/v1/sessions', { body: { hold_id: holdId } }));
  client.setQueryData(sessionKey(holdId), session);
  return session;
}

/** Press "Xác thực thông tin" (F5a.6, F5b.5). */
export async function verify(client: QueryClient, session: Session): Promise<void> {
  await send(
    api.POST('/api/kyc/v1/sessions/{session_id}/verify', {
      params: { path: { session_id: session.session_id } },
    }),
  );
  forgetMended(session);
  client.setQueryData(sessionKey(session.hold_id), { ...session, status: 'KYC_CHECKING' } satisfies Session);
  await client.invalidateQueries({ queryKey: sessionKey(session.hold_id) });
}

const mendedKey = (session: Session) => `draft:mended:${session.session_id}:${session.attempt}`;

/** Note that the customer has sent something again after a refusal: the next press is "verify". */
export function noteMended(session: Session): void {
  try {
    sessionStorage.setItem(mendedKey(session), '1');
  } catch {
    // Without a memory both ways stay open on the page of the result.
  }
}

const forgetMended = (session: Session): void => sessionStorage.removeItem(mendedKey(session));

/** Tell whether something was sent again in this tab since the last verdict. */
export const isMended = (session: Session): boolean => sessionStorage.getItem(mendedKey(session)) !== null;
