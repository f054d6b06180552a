import { Check } from 'lucide-react';

export type Step = { name: string; state: 'done' | 'now' | 'todo' };

/** The steps from the hold to the connection: done ones, the present one, those to come. */
export function Steps({ steps, now, done }: { steps: Step[]; now: string; done: string }) {
  return (
    <ol className="steps">
      {steps.map(({ name, state }) => (
        <li key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
          <i aria-hidden="true">{state === 'done' && <Check size={13} strokeWidth={3} />}</i>
          <span>
            {name}
            {state === 'done' && <span className="sr">, {done}</span>}
          </span>
          {state === 'now' && <em>{now}</em>}
        </li>
      ))}
    </ol>
  );
}
