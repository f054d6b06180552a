import { api, type Schemas, send } from '@chonso/api';
import { pauseUntil } from './pause.ts';

export type Purpose = Schemas['identity.StartChallenge']['purpose'];
export type Challenge = { challenge_id: string; resend_at: string };

/** Send a phone a code for one purpose; while one is on its way, that one answers this challenge too. */
export async function challenge(phone: string, purpose: Purpose): Promise<Challenge> {
  const body = { phone, purpose };
  const started = await send(api.POST('/api/identity/v1/phone-challenges', { body }));
  return { challenge_id: started.challenge_id, resend_at: pauseUntil(started.resend_after_seconds) };
}

/** Enter the code; the answer is identity's signed proof, good for some minutes. */
export async function prove(challengeId: string, code: string): Promise<string> {
  const answer = await send(
    api.POST('/api/identity/v1/phone-challenges/{challenge_id}/verify', {
      params: { path: { challenge_id: challengeId } },
      body: { code },
    }),
  );
  return answer.phone_proof;
}
