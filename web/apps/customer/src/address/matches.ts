/** A name as it is compared: without accents, capitals and signs. `Phường Bến Nghé` -> `phuong ben nghe` */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const KIND = /^(thanh pho|tinh|phuong|xa|dac khu) /;

/** How well a name fits what was typed, the lower the better; Infinity if it does not. */
function rank(name: string, typed: string): number {
  const bare = name.replace(KIND, '');
  if (bare === typed || name === typed) return 0;
  if (bare.startsWith(typed)) return 1;
  if (name.startsWith(typed)) return 2;
  if (` ${bare}`.includes(` ${typed}`)) return 3;
  return name.includes(typed) ? 4 : Number.POSITIVE_INFINITY;
}

/** The items whose names fit what was typed, with or without accents, the best first. */
export function matches<T extends { name: string }>(items: readonly T[], typed: string): T[] {
  const text = plain(typed);
  if (!text) return [...items];
  return items
    .map((item, index) => ({ item, index, rank: rank(plain(item.name), text) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}
