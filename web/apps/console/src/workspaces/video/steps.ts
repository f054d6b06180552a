import type { Call, Challenge, PhotoKind } from './calls.ts';

export type Talk = 'GREET' | 'READ';
/** A step of a call, and how far it is. A challenge is named by its place, for another draw takes the same places. */
export type Step =
  | { name: string; type: 'talk'; talk: Talk; state: 'todo' | 'done' }
  | {
      name: string;
      type: 'challenge';
      challenge: Challenge;
      state: 'todo' | 'sent' | 'shown' | 'done' | 'failed';
    }
  | { name: string; type: 'photo'; kind: PhotoKind; state: 'todo' | 'asked' | 'arrived' | 'again' | 'done' };

/** The steps of this call, in the order in which an agent goes through them. */
export const stepsOf = (call: Call, said: readonly Talk[]): Step[] => [
  talk('GREET', said),
  ...call.challenges.map(
    (challenge, place): Step => ({
      name: `challenge-${place}`,
      type: 'challenge',
      challenge,
      state: stateOfChallenge(challenge),
    }),
  ),
  ...kindsOf(call).map(
    (kind): Step => ({ name: kind, type: 'photo', kind, state: stateOfPhoto(call, kind) }),
  ),
  talk('READ', said),
];

const talk = (name: Talk, said: readonly Talk[]): Step => ({
  name,
  type: 'talk',
  talk: name,
  state: said.includes(name) ? 'done' : 'todo',
});

const kindsOf = (call: Call): PhotoKind[] => [
  'FACE',
  'FRONT',
  'BACK',
  'FACE_WITH_ID',
  ...(call.sim === 'PHYSICAL' ? (['SIM'] as const) : []),
];

function stateOfChallenge({ result, issued_at, shown_at }: Challenge) {
  if (result) return result === 'PASS' ? 'done' : 'failed';
  if (shown_at) return 'shown';
  return issued_at ? 'sent' : 'todo';
}

function stateOfPhoto(call: Call, kind: PhotoKind) {
  if (call.photo_request?.kind === kind) return 'asked';
  const take = takeOf(call, kind);
  if (!take) return 'todo';
  if (take.flaw || take.accepted === false) return 'again';
  return take.accepted ? 'done' : 'arrived';
}

/** The newest take of a kind. */
export const takeOf = (call: Call, kind: PhotoKind) =>
  call.photos.filter((photo) => photo.kind === kind).at(-1);

/** The step that the agent has chosen, or else the first that is not done; the last one when all are. */
export function presentStep(steps: readonly Step[], chosen: string | null): Step {
  const first = steps.find(({ state }) => state !== 'done');
  return steps.find(({ name }) => name === chosen) ?? first ?? (steps.at(-1) as Step);
}
