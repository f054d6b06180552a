import { expect, test } from 'vitest';
import { codeIn } from './OtpField.tsx';

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['12', '12'],
  ['1234567', '123456'],
  ['Ma xac thuc Chon So cua quy khach la 098765, hieu luc 5 phut', '098765'],
  ['', ''],
])('the code in "%s" is "%s"', (text, code) => expect(codeIn(text)).toBe(code));
