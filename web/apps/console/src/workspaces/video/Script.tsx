import { Arcs } from '@chonso/ui';
import { Check, IdCard, MessageCircle, ScanFace, Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStill } from '../../record/papers.ts';
import type { Call } from './calls.ts';
import { photoOf, type StepName, stepsOf, takeOf } from './steps.ts';
import { words } from './words.ts';

const w = words.script;
const SIGNS: Record<StepName, ReactNode> = {
  GREET: <Arcs size={28} />,
  FACE: <ScanFace size={26} aria-hidden="true" />,
  FRONT: <IdCard size={26} aria-hidden="true" />,
  BACK: <IdCard size={26} aria-hidden="true" />,
  SIM: <Smartphone size={26} aria-hidden="true" />,
  READ: <MessageCircle size={26} aria-hidden="true" />,
};

type Props = {
  call: Call;
  step: StepName;
  done: ReadonlySet<StepName>;
  onStep: (step: StepName) => void;
};

/** The steps of the call with their stills, and what to say now. */
export function Script({ call, step, done, onStep }: Props) {
  return (
    <section className="script" aria-label={w.title}>
      <ol>
        {stepsOf(call).map((name) => (
          <Step
            key={name}
            call={call}
            name={name}
            state={name === step ? 'now' : isDone(call, name, done) ? 'done' : 'todo'}
            done={isDone(call, name, done)}
            onStep={onStep}
          />
        ))}
      </ol>
      <p className="say" aria-live="polite">
        <b>{w.say}</b> “{w.steps[step].line}”
      </p>
    </section>
  );
}

function isDone(call: Call, name: StepName, done: ReadonlySet<StepName>): boolean {
  const kind = photoOf(name);
  return kind ? !!takeOf(call, kind) : done.has(name);
}

type StepProps = {
  call: Call;
  name: StepName;
  state: 'now' | 'done' | 'todo';
  done: boolean;
  onStep: (step: StepName) => void;
};

function Step({ call, name, state, done, onStep }: StepProps) {
  const kind = photoOf(name);
  const address = useStill(call.call_id, kind ?? 'FACE', kind && takeOf(call, kind)?.sha256);
  return (
    <li data-state={state}>
      <button type="button" aria-current={state === 'now' ? 'step' : undefined} onClick={() => onStep(name)}>
        <span className="thumb">
          {address ? <img src={address} alt="" /> : SIGNS[name]}
          {done && (
            <em>
              <Check size={12} strokeWidth={3.2} aria-label={w.done} />
            </em>
          )}
        </span>
        <span>{w.steps[name].name}</span>
      </button>
    </li>
  );
}
