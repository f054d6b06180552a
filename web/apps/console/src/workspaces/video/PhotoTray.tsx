import { Check, IdCard, RotateCcw, ScanFace, Smartphone, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStill } from '../../record/papers.ts';
import type { Call, PhotoKind } from './calls.ts';
import { words as w } from './script.words.ts';
import { type Step, takeOf } from './steps.ts';

type PhotoStep = Extract<Step, { type: 'photo' }>;
type Props = {
  call: Call;
  steps: readonly Step[];
  present: Step;
  onStep: (name: string) => void;
};

const SIGNS: Record<PhotoKind, ReactNode> = {
  FACE: <ScanFace size={24} aria-hidden="true" />,
  FRONT: <IdCard size={24} aria-hidden="true" />,
  BACK: <IdCard size={24} aria-hidden="true" />,
  FACE_WITH_ID: <User size={24} aria-hidden="true" />,
  SIM: <Smartphone size={24} aria-hidden="true" />,
};

/** The photos of a call: asked for, arrived, accepted, or wanted again. */
export function PhotoTray({ call, steps, present, onStep }: Props) {
  return (
    <ol className="tray" aria-label={w.photos}>
      {steps.map(
        (step) =>
          step.type === 'photo' && (
            <li key={step.name} data-state={step.state} data-now={step === present || undefined}>
              <Thumb call={call} step={step} isNow={step === present} onStep={onStep} />
            </li>
          ),
      )}
    </ol>
  );
}

type ThumbProps = { call: Call; step: PhotoStep; isNow: boolean; onStep: (name: string) => void };

function Thumb({ call, step: { kind, name, state }, isNow, onStep }: ThumbProps) {
  const address = useStill(call.call_id, kind, takeOf(call, kind)?.sha256);
  return (
    <button type="button" aria-current={isNow ? 'step' : undefined} onClick={() => onStep(name)}>
      <span className="thumb">
        {address ? <img src={address} alt="" /> : SIGNS[kind]}
        {state === 'asked' && <i className="thumb-w" aria-hidden="true" />}
        {state === 'done' && (
          <em>
            <Check size={12} strokeWidth={3.2} aria-label={w.done} />
          </em>
        )}
        {state === 'again' && (
          <em className="is-again">
            <RotateCcw size={12} strokeWidth={3} aria-label={w.states.again} />
          </em>
        )}
      </span>
      <span>{w.takes[kind].name}</span>
    </button>
  );
}
