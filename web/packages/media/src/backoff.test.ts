import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('the pause between attempts doubles up to eight seconds, and success forgets it', () => {
  const backoff = new Backoff();
  const pauses = [];
  let now = 0;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const before = now;
    while (!backoff.isOver(now)) now += 100;
    pauses.push(now - before);
    backoff.attempted(now);
  }
  expect(pauses).toEqual([0, 500, 1000, 2000, 4000, 8000]);
  backoff.succeeded();
  expect(backoff.isOver(now)).toBe(true);
  expect(backoff.attempts).toBe(0);
});
