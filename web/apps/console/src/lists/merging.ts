/** The place of a cursor when a list has been read to its end. */
export const END = 'END';

export type Entry = { id: string | number; at: string };
/** How far each list has been read: its last entry that was shown, or its end. */
export type Cursors = { [list: string]: string | number };
/** A page of one list, the newest first. */
export type Read<L extends string, E extends Entry> = {
  list: L;
  items: readonly E[];
  next?: string | number | null | undefined;
};

/**
 * One page of several lists that are each the newest first, and the cursors behind it. No list's entry overtakes an
 * older one of the same list; what was read and did not fit is read again with the next page.
 */
export function merged<L extends string, E extends Entry>(
  reads: readonly Read<L, E>[],
  before: Cursors,
  size: number,
): { rows: { list: L; entry: E }[]; next: Cursors } {
  const taken = new Map<L, number>(reads.map(({ list }) => [list, 0]));
  const headOf = ({ list, items }: Read<L, E>) => items[taken.get(list) ?? 0];
  const rows: { list: L; entry: E }[] = [];
  while (rows.length < size) {
    const [first] = reads
      .filter(headOf)
      .sort((a, b) => (headOf(b)?.at ?? '').localeCompare(headOf(a)?.at ?? ''));
    const entry = first && headOf(first);
    if (!entry) break;
    rows.push({ list: first.list, entry });
    taken.set(first.list, (taken.get(first.list) ?? 0) + 1);
  }
  const next: Cursors = {};
  for (const { list, items, next: following } of reads) {
    const number = taken.get(list) ?? 0;
    const last = number === items.length ? (following ?? END) : (items[number - 1]?.id ?? before[list]);
    if (last !== undefined) next[list] = last;
  }
  return { rows, next };
}
