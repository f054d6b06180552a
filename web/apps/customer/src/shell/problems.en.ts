import type { problems as vi } from './problems.vi.ts';

export const problems: typeof vi = {
  unexpected: 'Something unexpected happened. Please try again.',
  ourSide: 'The system is busy. Please try again in a few minutes.',
  unknown: 'This could not be found.',
  tooOften: 'That was too fast. Wait a moment and try again.',
  wrong: 'Check this field.',
  bySlug: {
    offline: 'No network. Check your connection and try again.',
    'number-taken': 'Somebody else has just held this number. Choose another one.',
    'number-resting': 'This number is resting after it was returned. Choose another one.',
    'invalid-request': 'Some fields are not right. See the red lines below.',
    'not-signed-in': 'Sign in to continue.',
    'not-heard-yet': 'The system is catching up. Try again in a few seconds.',
  },
  byCode: {},
};
