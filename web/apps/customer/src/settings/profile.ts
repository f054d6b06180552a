import { api, type Schemas, send } from '@chonso/api';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ME } from '../shell/session.ts';

export type Contact = Schemas['notification.ContactView'];

export const CONTACT = ['contact'] as const;

/** The addresses that messages go to. */
export const useContact = () =>
  useQuery({ queryKey: CONTACT, queryFn: () => send(api.GET('/api/notification/v1/me/contacts')) });

export type Profile = { full_name: string; email: string };

/** Save name and e-mail address; messages go to the same address. */
export async function saveProfile(client: QueryClient, { full_name, email }: Profile): Promise<void> {
  const address = email.trim() || null;
  const body = { full_name: full_name.trim() || null, email: address };
  client.setQueryData(ME, await send(api.PATCH('/api/identity/v1/me', { body })));
  const contact = await send(api.PUT('/api/notification/v1/me/contacts', { body: { email: address } }));
  client.setQueryData(CONTACT, contact);
}

/** Change the password: other devices are signed out, and this one goes on with new cookies. */
export const changePassword = (current: string, password: string): Promise<unknown> =>
  send(api.PUT('/api/identity/v1/me/password', { body: { current, password } }));
