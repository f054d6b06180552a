import { expect, test } from 'vitest';
import { type Entry, type Journey, mayChangeSoon } from './journey.ts';

const ended = (events: string[]): Journey => ({
  slip: { status: 'RELEASED', sim: 'ESIM' } as Journey['slip'],
  story: events.map((event) => ({ event }) as Entry),
  order: null,
  shipment: null,
  chosen: true,
});

test('a hold that is over is read again soon, until its story says why', () => {
  expect(mayChangeSoon(ended(['HoldCreated']))).toBe(true);
  expect(mayChangeSoon(ended(['HoldCreated', 'HoldReleased']))).toBe(false);
});
