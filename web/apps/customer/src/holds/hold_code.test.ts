import { expect, test } from 'vitest';
import { groupedHoldCode, readHoldCode } from './hold_code.ts';

test.each(['GS2611027KM3QD', 'GS 261102 7KM 3QD', 'gs-261102-7km-3qd', 'GS26II027KM3QD', 'GS261l027KM3QD'])(
  'a hold code is read as people write it: %s',
  (text) => {
    expect(readHoldCode(text)).toBe('GS2611027KM3QD');
  },
);

test.each(['', 'GS', 'GS2611027KM3QX', 'GS2611027KM3Q', 'AB2611027KM3QD', 'GS2611027KU3QD'])(
  'what cannot be a hold code is none: "%s"',
  (text) => expect(readHoldCode(text)).toBeNull(),
);

test.each(['GS261130ABCDED', 'GS260101000002'])('the check character is that of the services: %s', (code) => {
  expect(readHoldCode(code)).toBe(code);
});

test('a code is set apart to be read aloud', () => {
  expect(groupedHoldCode('GS2611027KM3QD')).toBe('GS 261102 7KM 3QD');
});
