import { expect, it } from 'vitest';
import { en } from './problems.en.ts';
import { vi } from './problems.vi.ts';

it('both languages have words for the same reasons of calls and connections (G26)', () => {
  expect(Object.keys(en.byReason).sort()).toEqual(Object.keys(vi.byReason).sort());
});
