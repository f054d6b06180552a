import { api, type Schemas, send } from '@chonso/api';
import { type Cursors, END, merged, type Read } from '../../lists/merging.ts';
import { usePages } from '../../lists/pages.ts';
import { namesOf } from '../../shell/names.ts';

/** The services that note what staff look at; shipping notes the files of orders they take. */
export const LOGGED = ['kyc', 'videocall', 'activation', 'shipping'] as const;
export type Logged = (typeof LOGGED)[number];
export type Export = Schemas['shipping.Export'];

/** What the address of the log says: one hold's, one member of staff's, and the chosen entry. */
export type Asked = { hold?: string | undefined; staff?: string | undefined; id?: string | undefined };

type Entry = { id: string | number; at: string; staff_id: string };
type Look = Entry & { hold_id: string; what: string };
/** One entry of the log: a look at a customer's data, or a file of orders. */
export type Access = Entry & {
  key: string;
  service: Logged;
  staff: string;
  look?: { hold_id: string; code: string; what: string };
  file?: Export;
};

const PAGE = 50;

type Page = { items: Access[]; next: string | null; failed: Logged[] };
type Line = { list: Logged; entry: Look | Export };

const UUID = /^[0-9a-f-]{36}$/i;
const idOf = (value: unknown) => (typeof value === 'string' && UUID.test(value) ? value : undefined);

/** Read the address; what it cannot mean is left out. */
export const askedOf = (given: Record<string, unknown>): Asked => ({
  hold: idOf(given.hold),
  staff: idOf(given.staff),
  id: typeof given.id === 'string' ? given.id : undefined,
});

async function readOne(
  service: Logged,
  { hold, staff }: Asked,
  after: string | number | undefined,
  signal: AbortSignal,
): Promise<Read<Logged, Look | Export>> {
  const query = {
    limit: PAGE,
    after: (after ?? null) as never,
    ...(staff && { staff_id: staff }),
    ...(hold && { hold_id: hold }),
  };
  const page = await send(api.GET(`/api/${service}/v1/access-log`, { params: { query }, signal }));
  return { list: service, ...page };
}

async function codesOf(holds: readonly string[], signal: AbortSignal): Promise<Map<string, string | null>> {
  if (!holds.length) return new Map();
  const params = { query: { hold_id: [...new Set(holds)] } };
  const { items } = await send(api.GET('/api/hold/v1/staff/holds', { params, signal }));
  return new Map(items.map(({ hold_id, hold_code }) => [hold_id, hold_code]));
}

const isLook = (entry: Look | Export): entry is Look => 'hold_id' in entry;

/** Entries with the names of their staff and the codes of their holds; a log without these is better than none. */
async function named(entries: Line[], signal: AbortSignal): Promise<Access[]> {
  const staff = entries.map(({ entry }) => entry.staff_id);
  const holds = entries.flatMap(({ entry }) => (isLook(entry) ? [entry.hold_id] : []));
  const [names, codes] = await Promise.all([
    namesOf(staff, signal).catch(() => new Map<string, string>()),
    codesOf(holds, signal).catch(() => new Map<string, string | null>()),
  ]);
  return entries.map(({ list: service, entry }) => ({
    id: entry.id,
    at: entry.at,
    staff_id: entry.staff_id,
    key: `${service}-${entry.id}`,
    service,
    staff: names.get(entry.staff_id) ?? entry.staff_id.slice(0, 8),
    ...(isLook(entry)
      ? { look: { hold_id: entry.hold_id, code: codes.get(entry.hold_id) ?? '', what: entry.what } }
      : { file: entry }),
  }));
}

/** A page of all services: one that is down hides nothing of the others. */
async function readPage(asked: Asked, after: string | null, signal: AbortSignal): Promise<Page> {
  const cursors: Cursors = after ? JSON.parse(after) : {};
  const open = LOGGED.filter(
    (service) => cursors[service] !== END && !(asked.hold && service === 'shipping'),
  );
  const answers = await Promise.allSettled(
    open.map((service) => readOne(service, asked, cursors[service], signal)),
  );
  const reads = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const refused = answers.find((answer) => answer.status === 'rejected');
  if (refused && !reads.length) throw refused.reason;
  const { rows, next } = merged(reads, cursors, PAGE);
  // What did not answer ends here: the list is read anew from its beginning soon.
  const silent = LOGGED.filter((service) => !reads.some(({ list }) => list === service));
  const behind: Cursors = { ...Object.fromEntries(silent.map((service) => [service, END])), ...next };
  return {
    items: await named(rows, signal),
    next: LOGGED.every((service) => behind[service] === END) ? null : JSON.stringify(behind),
    failed: open.filter((_, i) => answers[i]?.status === 'rejected'),
  };
}

/** The accesses that are asked for, of all services in one list, the newest first (LAW19). */
export function useAccesses(asked: Asked) {
  const list = usePages<Access, Page>({
    key: ['accesses', asked.hold, asked.staff],
    read: (after, signal) => readPage(asked, after, signal),
  });
  const pages = list.reading.data?.pages ?? [];
  return { ...list, failed: [...new Set(pages.flatMap(({ failed }) => failed))] };
}

/** The hold behind a code or a number, or none. */
export async function holdOf(text: string): Promise<string | null> {
  const { items } = await send(api.POST('/api/order/v1/staff/journeys/search', { body: { text } }));
  return items[0]?.hold_id ?? null;
}
