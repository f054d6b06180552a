import { api, type Schemas, send } from '@chonso/api';
import { isoDate } from '../person/dates.ts';
import type { Person } from '../person/fields.tsx';
import type { Slip } from './holds.ts';

export type Form = Person & {
  contact_phone: string;
  email: string;
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
