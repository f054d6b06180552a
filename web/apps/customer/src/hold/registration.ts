import { api, type Schemas, send } from '@chonso/api';
import type { Slip } from './holds.ts';

export type Form = {
  full_name: string;
  date_of_birth: string;
  sex: 'MALE' | 'FEMALE' | '';
  id_number: string;
  contact_phone: string;
  email: string;
  address: string;
  ward_code: string;
  referrer_code: string;
};

export const BLANK: Form = {
  full_name: '',
  date_of_birth: '',
  sex: '',
  id_number: '',
  contact_phone: '',
  email: '',
  address: '',
  ward_code: '',
  referrer_code: '',
};

/** Send the subscriber information (F3.3): without a fault the slip is issued (F3.4). */
export const register = (holdId: string, form: Form): Promise<Slip> =>
  send(
    api.PUT('/api/hold/v1/holds/{hold_id}/registration', {
      params: { path: { hold_id: holdId } },
      body: {
        ...form,
        date_of_birth: isoDate(form.date_of_birth),
        id_number: form.id_number || null,
        email: form.email || null,
        referrer_code: form.referrer_code || null,
      } satisfies Schemas['hold.RegistrationForm'],
    }),
  );

/** Write `05/09/1990` as `1990-09-05`; anything else goes to the service as it was typed. */
export function isoDate(typed: string): string {
  const parts = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$/.exec(typed);
  return parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : typed;
}

/** Put the slashes of a date while its digits are typed: `05091990` becomes `05/09/1990`. */
export function typedDate(text: string, before: string): string {
  if (text.length < before.length) return text;
  const digits = text.replace(/\D/g, '').slice(0, 8);
  if (/[^\d/]/.test(text)) return text;
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join('/');
}
