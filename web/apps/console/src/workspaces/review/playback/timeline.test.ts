import { expect, test } from 'vitest';
import { besides, type Evidence, momentOf, shownAt, timelineOf } from './timeline.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 8, 0, second)).toISOString();
const part = (role: 'CUSTOMER' | 'AGENT', number: number, second: number | null, seconds: number) => ({
  role,
  part: number,
  state: 'CLOSED' as const,
  starts_at: second === null ? null : at(second),
  duration_ms: seconds * 1000,
  blocks: 4,
});
const event = (kind: string, second: number): Evidence['events'][number] => ({
  seq: second,
  kind,
  at: at(second),
  body: {},
});
const PARTS = [
  part('CUSTOMER', 1, 11, 5),
  part('AGENT', 1, 10, 20),
  part('CUSTOMER', 2, 20, 10),
  part('AGENT', 2, null, 0),
];

test('parts lie on one time line, and events before and after it at its ends', () => {
  const events = [event('QUEUED', 2), event('STILL_KEPT', 15), event('REVOKED', 50)];
  const { length, spans, marks } = timelineOf({ parts: PARTS, events });
  expect(length).toBe(20_000);
  expect(spans).toEqual([
    { role: 'CUSTOMER', part: 1, from: 1_000, to: 6_000 },
    { role: 'AGENT', part: 1, from: 0, to: 20_000 },
    { role: 'CUSTOMER', part: 2, from: 10_000, to: 20_000 },
  ]);
  expect(marks.map((mark) => mark.at)).toEqual([0, 5_000, 20_000]);
});

test('between two connections of a party nothing of that party is shown', () => {
  const { spans } = timelineOf({ parts: PARTS, events: [] });
  const shown = (ms: number) => shownAt(spans, 'CUSTOMER', ms)?.part;
  expect([500, 1_000, 6_000, 8_000, 10_000].map(shown)).toEqual([undefined, 1, 1, undefined, 2]);
  expect(shownAt(spans, 'AGENT', 8_000)?.part).toBe(1);
});

test('a call that was not recorded has no time line, but its events', () => {
  const { length, spans, marks } = timelineOf({ parts: [], events: [event('QUEUED', 2)] });
  expect([length, spans.length, marks.length]).toEqual([0, 0, 1]);
});

test('a challenge lies where the recording of the customer has it, or else by the clock', () => {
  const timeline = timelineOf({ parts: PARTS, events: [] });
  const set = (part: number | null, offset_ms: number | null, second: number | null) =>
    momentOf({ part, offset_ms, issued_at: second === null ? null : at(second) }, timeline);
  expect(set(2, 1_500, 40), 'the clock of the service is not asked').toBe(11_500);
  expect(set(null, null, 15)).toBe(5_000);
  expect(set(9, 1_500, 15), 'a part of which nothing was recorded').toBe(5_000);
  expect(set(null, null, null)).toBeUndefined();
  expect(
    momentOf({ part: null, offset_ms: null, issued_at: at(15) }, timelineOf({ parts: [], events: [] })),
  ).toBe(undefined);
});

test('from an event the next and the last one are reached', () => {
  const { marks } = timelineOf({ parts: PARTS, events: [event('A', 12), event('B', 15), event('C', 18)] });
  expect(besides(marks, 5_000, 1)?.event.kind).toBe('C');
  expect(besides(marks, 5_000, -1)?.event.kind).toBe('A');
  expect(besides(marks, 8_000, 1)).toBeUndefined();
});
