import { expect, it } from 'vitest';
import { shortText, spansOf, textOf } from './spans.ts';

const USUAL = [
  { opens: '08:00', closes: '12:00' },
  { opens: '13:00', closes: '17:30' },
];

it.each(['8-12,13-17:30', '08:00–12:00, 13:00–17:30', '8h00 - 12h00 , 13.00-17.30'])(
  'reads the hours %s as people type them',
  (typed) => expect(spansOf(typed)).toEqual(USUAL),
);

it('shows hours long and short, and reads nothing as a day off', () => {
  expect(textOf(USUAL)).toBe('08:00–12:00, 13:00–17:30');
  expect(shortText(USUAL)).toBe('8–12, 13–17:30');
  expect(spansOf('  ')).toEqual([]);
});

it.each(['12-8', '8-12, 11-13', '8', '24-25', '8-12:60', 'sáng'])('takes %s for a mistake', (typed) =>
  expect(spansOf(typed)).toBeUndefined(),
);
