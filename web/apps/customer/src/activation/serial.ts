import { api, send } from '@chonso/api';
import type { QueryClient } from '@tanstack/react-query';
import { patiently } from '../patiently.ts';
import { activationKey } from './journey.ts';

const SHORTEST = 10;
const LONGEST = 20;
const WHOLE = /^89\d{17,18}$/;

/** The digits of a serial, as it was typed or read by the scanner. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Say what is wrong with a serial before it is sent: its length, or the check digit of a whole one (ISO/IEC 7812). */
export function faultOf(text: string): 'SIM_SERIAL_INVALID' | 'SIM_SERIAL_MISREAD' | undefined {
  const serial = digitsOf(text);
  if (serial.length < SHORTEST || serial.length > LONGEST) return 'SIM_SERIAL_INVALID';
  return WHOLE.test(serial) && !checks(serial) ? 'SIM_SERIAL_MISREAD' : undefined;
}

/** Tell whether the last digit checks the others (Luhn). */
function checks(serial: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...serial].reverse().entries()) {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** Write a serial in groups of four, as it is read aloud and compared. */
export const grouped = (text: string): string => digitsOf(text).replace(/(\d{4})(?=\d)/g, '$1 ');

/** Enter the serial printed on the card (F5a.9). */
export async function enterSerial(client: QueryClient, holdId: string, text: string): Promise<void> {
  const after = await patiently(() =>
    send(
      api.PUT('/api/activation/v1/activations/{hold_id}/sim', {
        params: { path: { hold_id: holdId } },
        body: { sim_serial: digitsOf(text) },
      }),
    ),
  );
  client.setQueryData(activationKey(holdId), after);
}
