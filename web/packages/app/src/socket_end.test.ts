import { expect, test } from 'vitest';
import { nextStep } from './socket_end.ts';

test('a replica that ends sends its clients back within half a second, each at its own moment', () => {
  expect(nextStep(1012, 0, 0)).toEqual({ afterMs: 0, keepsTicket: true, waitsForPerson: false });
  expect(nextStep(1012, 0, 1).afterMs).toBe(500);
});

test('the pause grows with each attempt that fails, up to half a minute', () => {
  expect([0, 1, 3, 20].map((failures) => nextStep(1006, failures, 1).afterMs)).toEqual([
    500, 1000, 4000, 30_000,
  ]);
});

test('a sign-in that has ended needs another ticket, and so does a ticket that did not help twice', () => {
  expect(nextStep(4401, 0).keepsTicket).toBe(false);
  expect(nextStep(1006, 1).keepsTicket).toBe(true);
  expect(nextStep(1006, 2).keepsTicket).toBe(false);
});

test('a page that was replaced comes back when it is looked at, a refused one never', () => {
  expect(nextStep(4409, 0)).toEqual({ afterMs: null, keepsTicket: false, waitsForPerson: true });
  expect(nextStep(4400, 0)).toEqual({ afterMs: null, keepsTicket: false, waitsForPerson: false });
});
