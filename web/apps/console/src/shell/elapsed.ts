const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** A span in whole minutes, as short as a cell: `vừa xong`, `41 phút`, `2 g 05 p`, `3 ngày`. */
export function span(minutes: number): string {
  if (minutes < 1) return 'vừa xong';
  if (minutes < HOUR) return `${minutes} phút`;
  if (minutes < 2 * DAY)
    return `${Math.floor(minutes / HOUR)} g ${String(minutes % HOUR).padStart(2, '0')} p`;
  return `${Math.floor(minutes / DAY)} ngày`;
}

/** The time since a moment, or between two. */
export const elapsed = (since: string, until: string | number = Date.now()): string =>
  span(Math.floor((new Date(until).getTime() - new Date(since).getTime()) / MINUTE_MS));
