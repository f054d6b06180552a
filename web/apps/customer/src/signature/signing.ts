import { api, type Schemas, send } from '@chonso/api';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { activationKey } from '../activation/journey.ts';
import { patiently } from '../patiently.ts';

export const CONSENTS = ['CONTRACT', 'IDENTITY_CHECK', 'CALL_RECORDING', 'MARKETING'] as const;
export type Consent = (typeof CONSENTS)[number];
/** Without these nobody is connected; the others are the customer's choice (LAW15). */
export const NEEDED: readonly Consent[] = ['CONTRACT', 'IDENTITY_CHECK'];

/** What activation answers while the news of the call's approval is on its way. */
const ON_THEIR_WAY = ['not-heard-yet', 'not-ready-yet'];
const FRESH_MS = 60 * 60_000;

export type Declaration = Schemas['kyc.DeclarationView'];

/** The form that was judged, with kyc's seal on it: what is read is what is signed (F5a.9, F5b.8). */
export const useDeclaration = (sessionId: string) =>
  useQuery<Declaration>({
    queryKey: ['declaration', sessionId],
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/kyc/v1/sessions/{session_id}/declaration', {
          signal,
          params: { path: { session_id: sessionId } },
        }),
      ),
    staleTime: FRESH_MS,
  });

export type Signed = {
  declaration: string;
  /** The drawing: a PNG in base64, without the prefix of a data address. */
  drawing: string;
  proof: string;
  consents: Consent[];
};

/** Sign: form, drawing, consents and the proof of the phone become one (F5a.9, F5b.8). */
export async function sign(client: QueryClient, holdId: string, signed: Signed): Promise<void> {
  const after = await patiently(
    () =>
      send(
        api.POST('/api/activation/v1/activations/{hold_id}/signature', {
          params: { path: { hold_id: holdId } },
          body: {
            declaration: signed.declaration,
            signature_png_base64: signed.drawing,
            phone_proof: signed.proof,
            consents: signed.consents,
          },
        }),
      ),
    ON_THEIR_WAY,
  );
  client.setQueryData(activationKey(holdId), after);
}
