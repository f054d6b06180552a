import type { Schemas } from '@chonso/api';

export type Part = Schemas['shipping.Part'];

/** The parts of a store's list, in the order of its work. */
export const PARTS: readonly Part[] = ['TO_PREPARE', 'READY', 'NO_SHOW', 'TODAY'];

/** What the address says: the part of the list, and the hold code that lies on the counter. */
export type CounterSearch = { part?: Part | undefined; code?: string | undefined };

/** Read the address; what it cannot mean is left out. */
export function searchOf({ part, code }: Record<string, unknown>): CounterSearch {
  const known = PARTS.find((one) => one === part);
  const given = typeof code === 'string' && /^[\w -]{3,40}$/.test(code) ? code : undefined;
  return { ...(known && { part: known }), ...(given && { code: given }) };
}
