import { expect, test } from 'vitest';
import { ApiError, type Problem, slugOf } from './problem.ts';

test('an answer of the gateway itself, without a type, is named by its status', () => {
  expect(slugOf(new ApiError(502, { error: 'upstream' } as unknown as Problem))).toBe('http-502');
  expect(slugOf(new ApiError(404, { type: '/problems/no-such-order' } as unknown as Problem))).toBe(
    'no-such-order',
  );
});
