import { api, send } from '@chonso/api';
import { type Locale, setLocale } from '@chonso/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { ME, useMe } from '../shell/session.ts';

/** Let the services write to the person in a language: messages, SMS, e-mail. */
export async function speak(locale: Locale): Promise<void> {
  await Promise.all([
    send(api.PATCH('/api/identity/v1/me', { body: { locale } })),
    send(api.PUT('/api/notification/v1/me/contacts', { body: { locale } })),
  ]);
}

/** Returns a function that changes the language of this device, and of messages to a person who is signed in. */
export function useChooseLanguage(): (locale: Locale) => Promise<void> {
  const me = useMe();
  const client = useQueryClient();
  return async (locale) => {
    await setLocale(locale);
    if (!me) return;
    // The page speaks the language already; if the services cannot hear of it now, the next choice tells them.
    await speak(locale).catch(() => undefined);
    await client.invalidateQueries({ queryKey: ME });
    await client.invalidateQueries({ queryKey: ['contact'] });
  };
}
