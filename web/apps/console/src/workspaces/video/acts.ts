import type { Call } from './calls.ts';
import type { Act } from './examination.ts';
import { words as w } from './script.words.ts';
import { type Step, takeOf } from './steps.ts';

/** What Space does at a step: its name, and the act if it is one of the service. */
export function actOf(call: Call, step: Step): { name: string; act?: Act } {
  if (step.type === 'talk') return { name: step.state === 'done' ? w.acts.over : w.acts.talk };
  if (step.type === 'challenge') {
    const { id } = step.challenge;
    if (step.state === 'todo') return { name: w.acts.issue, act: { act: 'issue', challenge: id } };
    if (step.state === 'failed') return { name: w.acts.redraw, act: { act: 'redraw' } };
    if (step.state === 'done') return { name: w.done };
    return { name: w.acts.pass, act: { act: 'judge', challenge: id, result: 'PASS' } };
  }
  if (step.state === 'asked') return { name: w.acts.asked };
  const take = takeOf(call, step.kind);
  if (step.state === 'arrived' && take)
    return { name: w.acts.accept, act: { act: 'accept', kind: step.kind, sha256: take.sha256 } };
  if (step.state === 'done') return { name: w.done };
  return { name: w.acts.ask, act: { act: 'ask', kind: step.kind, hint: null } };
}

/** The other word that a step allows: not passed, or once more; a photo's asks for a reason first. */
export function otherOf(step: Step): { key: 'f' | 'a'; name: string; act?: Act } | undefined {
  if (step.type === 'challenge' && (step.state === 'sent' || step.state === 'shown'))
    return {
      key: 'f',
      name: w.acts.fail,
      act: { act: 'judge', challenge: step.challenge.id, result: 'FAIL' },
    };
  if (step.type === 'photo' && (step.state === 'arrived' || step.state === 'done'))
    return { key: 'a', name: w.acts.again };
  return undefined;
}
