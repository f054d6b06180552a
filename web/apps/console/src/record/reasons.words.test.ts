import { expect, test } from 'vitest';
import dictionary from '../../../../../services/shipping/src/shipping/data/ghn.toml?raw';
import { reasonOf } from './reasons.words.ts';

test('whatever a carrier gives as its reason, staff read it in words', () => {
  const codes = [...dictionary.matchAll(/^GHN-\w+ = "(\w+)"/gm)].map(([, code]) => code ?? '');
  expect(codes).toContain('CUSTOMER_CHANGED_MIND');
  expect(codes.filter((code) => reasonOf(code) === code)).toEqual([]);
});
