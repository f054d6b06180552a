import { expect, test } from 'vitest';
import { nextAddress } from './next.ts';

const led = (next: string) => nextAddress(new URLSearchParams({ next }));

test('a sign-in leads back to the page that asked for it', () => {
  expect(led('/holds/1/form?a=b')).toBe('/holds/1/form?a=b');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])(
  'a sign-in leads to no other site: %s',
  (next) => expect(led(next)).toBe('/'),
);

test('a sign-in that nobody asked for leads to the search', () => {
  expect(nextAddress(new URLSearchParams())).toBe('/');
});
