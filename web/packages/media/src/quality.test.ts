import { expect, test } from 'vitest';
import { type Counts, Quality } from './quality.ts';

/** Looks at a connection, a second apart: what arrives and is lost in each, and the round trip. */
function looks(seconds: [received: number, lost: number, roundTripMs: number][]) {
  const quality = new Quality();
  const counts: Counts = { bytes: 0, received: 0, lost: 0, roundTripMs: 0 };
  return seconds.map(([received, lost, roundTripMs]) => {
    counts.bytes += received * 1000;
    counts.received += received;
    counts.lost += lost;
    return quality.judge({ ...counts, roundTripMs });
  });
}

test('a connection without loss has all bars, a slow one fewer', () => {
  expect(looks([[50, 0, 30]])).toEqual([4]);
  expect(looks([[50, 0, 300]])).toEqual([3]);
  expect(looks([[50, 0, 600]])).toEqual([2]);
  expect(looks([[50, 0, 2000]])).toEqual([1]);
});

test('lasting loss takes the bars away one by one', () => {
  const bars = looks(Array.from({ length: 12 }, () => [40, 10, 30]));
  expect(bars[0]).toBe(2);
  expect(bars.at(-1)).toBe(1);
});

test('a connection on which nothing arrives has no bars until something does', () => {
  expect(looks([[50, 0, 30], [0, 0, 30], [50, 0, 30]])).toEqual([4, 0, 4]); // biome-ignore format: a row
});
