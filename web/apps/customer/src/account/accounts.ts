import { api, clientKind, type Schemas, send } from '@chonso/api';
import { pauseUntil } from '../proof/pause.ts';

/** Sign in (F1.15 to F1.18): the answer sets the cookies. */
export const signIn = (phone: string, password: string): Promise<unknown> =>
  send(api.POST('/api/identity/v1/sessions', { body: { phone, password, client: clientKind() } }));

export type Registration = { registration_id: string; resend_at: string };

/** Ask for an account (F1.5 to F1.8); a known phone gets the same answer, and an SMS that says so. */
export async function register(form: Schemas['identity.Register']): Promise<Registration> {
  const sent = await send(api.POST('/api/identity/v1/registrations', { body: form }));
  return { registration_id: sent.registration_id, resend_at: pauseUntil(sent.resend_after_seconds) };
}

/** Enter the code of the SMS (F1.9 to F1.12): the account opens, and the answer sets the cookies. */
export const activate = (registrationId: string, code: string): Promise<unknown> =>
  send(
    api.POST('/api/identity/v1/registrations/{registration_id}/otp', {
      params: { path: { registration_id: registrationId } },
      body: { code, client: clientKind() },
    }),
  );

/** Ask for another code of a registration (G13); returns when the next may be asked for. */
export async function resend(registrationId: string): Promise<string> {
  const sent = await send(
    api.POST('/api/identity/v1/registrations/{registration_id}/resend', {
      params: { path: { registration_id: registrationId } },
    }),
  );
  return pauseUntil(sent.resend_after_seconds);
}

export type Reset = { reset_id: string; resend_at: string };

/** Ask for a code to choose a new password with (F2.2, F2.3); an unknown phone gets the same answer. */
export async function forget(phone: string): Promise<Reset> {
  const started = await send(api.POST('/api/identity/v1/password-resets', { body: { phone } }));
  return { reset_id: started.reset_id, resend_at: pauseUntil(started.resend_after_seconds) };
}

/** Enter the code of a reset (F2.4 to F2.7); returns the leave to choose a new password. */
export async function proveReset(resetId: string, code: string): Promise<string> {
  const proven = await send(
    api.POST('/api/identity/v1/password-resets/{reset_id}/otp', {
      params: { path: { reset_id: resetId } },
      body: { code },
    }),
  );
  return proven.reset_token;
}

/** Choose the new password (F2.8 to F2.11): every session of the account ends. */
export const choosePassword = (resetId: string, body: Schemas['identity.ChoosePassword']): Promise<unknown> =>
  send(
    api.POST('/api/identity/v1/password-resets/{reset_id}/password', {
      params: { path: { reset_id: resetId } },
      body,
    }),
  );
