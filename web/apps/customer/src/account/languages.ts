import { api, send } from '@chonso/api';
import type { Locale } from '@chonso/i18n';

/** Let the services write to the person in a language: messages, SMS, e-mail. */
export async function speak(locale: Locale): Promise<void> {
  await Promise.all([
    send(api.PATCH('/api/identity/v1/me', { body: { locale } })),
    send(api.PUT('/api/notification/v1/me/contacts', { body: { locale } })),
  ]);
}
