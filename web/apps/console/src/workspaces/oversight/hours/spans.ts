import type { Schemas } from '@chonso/api';

export type Span = Schemas['videocall.DaySpan'];

const SPAN = /^(\d{1,2})(?:[:.h](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.h](\d{2}))?$/;
const HOURS = 24;
const MINUTES = 60;

const timeOf = (hour: string | undefined, minute = '00'): string | undefined =>
  Number(hour) < HOURS && Number(minute) < MINUTES ? `${hour?.padStart(2, '0')}:${minute}` : undefined;

/** Read hours as a person types them: `8-12, 13:00-17:00`; nothing is a day off, undefined is a mistake. */
export function spansOf(text: string): Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (!part) continue;
    const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(part) ?? [];
    const [opens, closes] = [timeOf(fromHour, fromMinute), timeOf(toHour, toMinute)];
    if (!opens || !closes || opens >= closes || opens < (spans.at(-1)?.closes ?? '')) return undefined;
    spans.push({ opens, closes });
  }
  return spans;
}

/** `08:00–12:00, 13:00–17:00` */
export const textOf = (spans: readonly Span[]): string =>
  spans.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');

const shortTime = (time: string) => time.replace(/^0/, '').replace(':00', '');

/** `8–12, 13–17`, for the cells of a calendar. */
export const shortText = (spans: readonly Span[]): string =>
  spans.map(({ opens, closes }) => `${shortTime(opens)}–${shortTime(closes)}`).join(', ');
