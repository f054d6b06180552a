import { api, isUnknown, type Schemas, send } from '@chonso/api';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { isoDate, typedDay } from '../person/dates.ts';
import type { Person } from '../person/fields.tsx';
import { noteMended, type Session, sessionKey } from './journey.ts';

export const DOCUMENTS = ['CC', 'CCCD_CHIP', 'CCCD_NOCHIP'] as const;
export type Document = (typeof DOCUMENTS)[number];

export type Form = Person & { document_kind: Document };

type Registration = Schemas['hold.RegistrationView'];

/** The registration of the hold, which the declaration begins with (F5a.4); null if there is none. */
export const useRegistration = (holdId: string) =>
  useQuery<Registration | null>({
    queryKey: ['registration', holdId],
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/hold/v1/holds/{hold_id}/registration', {
          signal,
          params: { path: { hold_id: holdId } },
        }),
      ).catch((error: unknown) => {
        if (isUnknown(error)) return null; // a partner's slip has none
        throw error;
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Write the registration of a hold as the form that the customer checks. */
export const formOf = (known: Registration | null): Form => ({
  full_name: known?.full_name ?? '',
  date_of_birth: typedDay(known?.date_of_birth ?? ''),
  sex: known?.sex ?? '',
  id_number: known?.id_number ?? '',
  ward_code: known?.ward_code ?? '',
  address: known?.address ?? '',
  document_kind: 'CC',
});

/** Send what the customer says about themselves (F5a.4, F5b.3); every mistake comes back at its field. */
export async function declare(client: QueryClient, session: Session, form: Form): Promise<void> {
  const after = await send(
    api.PUT('/api/kyc/v1/sessions/{session_id}/declaration', {
      params: { path: { session_id: session.session_id } },
      body: { ...form, nationality: 'VNM', date_of_birth: isoDate(form.date_of_birth) },
    }),
  );
  noteMended(session);
  client.setQueryData(sessionKey(session.hold_id), after);
}
