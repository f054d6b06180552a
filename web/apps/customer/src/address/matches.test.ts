import { expect, test } from 'vitest';
import { matches, plain } from './matches.ts';

const WARDS = [
  'Phường Sài Gòn',
  'Phường Bến Thành',
  'Phường Đông Thạnh',
  'Xã Thạnh An',
  'Đặc khu Côn Đảo',
].map((name) => ({ name }));
const names = (typed: string) => matches(WARDS, typed).map(({ name }) => name);

test('a name is found with and without accents', () => {
  expect(names('bến th')).toEqual(['Phường Bến Thành']);
  expect(names('ben th')).toEqual(['Phường Bến Thành']);
  expect(names('con dao')).toEqual(['Đặc khu Côn Đảo']);
});

test('a name that begins with what was typed comes first', () => {
  expect(names('thanh')).toEqual(['Xã Thạnh An', 'Phường Bến Thành', 'Phường Đông Thạnh']);
});

test('the kind of a ward may be typed, too', () => {
  expect(names('phường sài')).toEqual(['Phường Sài Gòn']);
  expect(names('xa ')).toEqual(['Xã Thạnh An']);
});

test('nothing typed shows all, in their order', () => {
  expect(names('  ')).toHaveLength(WARDS.length);
});

test('a composed and a decomposed name are the same', () => {
  expect(plain('Đà Nẵng'.normalize('NFD'))).toBe(plain('Đà Nẵng'));
});
