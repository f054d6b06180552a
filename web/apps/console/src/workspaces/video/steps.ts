import type { Call, PhotoKind } from './calls.ts';

/** The steps of a call; four of them end with a still. */
export type StepName = 'GREET' | PhotoKind | 'READ';

/** The steps of this call, in the order in which an agent goes through them. */
export const stepsOf = (call: Call): StepName[] => [
  'GREET',
  'FACE',
  'FRONT',
  'BACK',
  ...(call.sim === 'PHYSICAL' ? (['SIM'] as const) : []),
  'READ',
];

/** The still that a step ends with, or none. */
export const photoOf = (step: StepName): PhotoKind | undefined =>
  step === 'GREET' || step === 'READ' ? undefined : step;

/** The newest take of a kind. */
export const takeOf = (call: Call, kind: PhotoKind) =>
  call.photos.filter((photo) => photo.kind === kind).at(-1);

/** The step after this one, the last again at the end. */
export const following = (steps: readonly StepName[], step: StepName): StepName =>
  steps[steps.indexOf(step) + 1] ?? step;
