export const CELLS = 10;
const BLANK = '?';

/** The ten cells as typed: digits, and `?` for a cell that was skipped; shorter when the end is open. */
export type Cells = string;

/** Keep what belongs into cells: digits; anything else that was typed skips a cell. */
export const tidy = (typed: string): Cells =>
  typed.replace(/[^\d]/g, BLANK).slice(0, CELLS).replace(/\?+$/, '');

/** Put typed signs into the cells from a place on, over what stands there. */
export function overwrite(cells: Cells, at: number, typed: string): Cells {
  const padded = cells.padEnd(at, BLANK);
  return tidy(padded.slice(0, at) + typed + padded.slice(at + typed.length));
}

/** Empty one cell; those behind it stay where they are. */
export const erase = (cells: Cells, at: number): Cells =>
  tidy(cells.slice(0, at) + BLANK + cells.slice(at + 1));

/** Tell whether a few digits were typed from the first cell that no number begins with: they are wanted anywhere. */
export const isAnywhere = (cells: Cells): boolean => /^[1-9]\d*$/.test(cells) && cells.length < CELLS;

/** The mask that the catalogue searches: `?` one digit, `*` any run; undefined for everything. */
export function maskOf(cells: Cells): string | undefined {
  if (cells.replaceAll(BLANK, '').length < 2) return undefined;
  return isAnywhere(cells) ? `*${cells}*` : cells.padEnd(CELLS, BLANK);
}
