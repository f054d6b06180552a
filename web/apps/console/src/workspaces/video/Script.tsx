import { Arcs } from '@chonso/ui';
import { Check, Hand, IdCard, MessageCircle, Mic, ScanFace, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call, Challenge } from './calls.ts';
import { useNow } from './clock.ts';
import { PhotoTray } from './PhotoTray.tsx';
import { words as w } from './script.words.ts';
import { type Step, type Talk, takeOf } from './steps.ts';

type Props = {
  call: Call;
  steps: readonly Step[];
  present: Step;
  onStep: (name: string) => void;
};

/** The steps of the call: talk and challenges, the photos, and what to say now. */
export function Script({ call, steps, present, onStep }: Props) {
  return (
    <section className="script" aria-label={w.title}>
      <ol className="talks" aria-label={w.talk}>
        {steps.map(
          (step) =>
            step.type !== 'photo' && (
              <li key={step.name} data-state={step.state}>
                <button
                  type="button"
                  aria-current={step === present ? 'step' : undefined}
                  onClick={() => onStep(step.name)}
                >
                  {signOf(step)}
                  {nameOf(step)}
                </button>
              </li>
            ),
        )}
      </ol>
      <PhotoTray call={call} steps={steps} present={present} onStep={onStep} />
      <p className="say" aria-live="polite">
        <b>{w.say}</b> “{lineOf(present)}”
        <Standing call={call} step={present} />
      </p>
    </section>
  );
}

const SIGNS: Record<Talk, ReactNode> = {
  GREET: <Arcs size={16} />,
  READ: <MessageCircle size={15} aria-hidden="true" />,
};

function signOf(step: Exclude<Step, { type: 'photo' }>): ReactNode {
  if (step.state === 'done') return <Check size={15} strokeWidth={3} aria-label={w.done} />;
  if (step.state === 'failed') return <X size={15} strokeWidth={3} aria-label={w.failed} />;
  if (step.type === 'talk') return SIGNS[step.talk];
  const { kind } = step.challenge;
  if (kind.includes('CARD_TO') || kind === 'TILT_CARD' || kind === 'COVER_CHIP')
    return <IdCard size={15} aria-hidden="true" />;
  if (kind.startsWith('SAY') || kind === 'READ_DIGITS') return <Mic size={15} aria-hidden="true" />;
  return kind.includes('HAND') || kind === 'TOUCH_EAR' || kind === 'SHOW_FINGERS' ? (
    <Hand size={15} aria-hidden="true" />
  ) : (
    <ScanFace size={15} aria-hidden="true" />
  );
}

function nameOf(step: Exclude<Step, { type: 'photo' }>): string {
  return step.type === 'talk' ? w.talks[step.talk].name : w.challenges[step.challenge.kind].name;
}

function lineOf(step: Step): string {
  if (step.type === 'talk') return w.talks[step.talk].line;
  return step.type === 'challenge' ? w.challenges[step.challenge.kind].line : w.takes[step.kind].line;
}

/** How far the present step is, and what only agent and customer see. */
function Standing({ call, step }: { call: Call; step: Step }) {
  const now = useNow();
  if (step.type === 'talk') return null;
  const text = () => {
    if (step.state === 'asked') return w.states.asked(secondsLeft(call, now));
    const flaw = step.type === 'photo' && step.state === 'again' && takeOf(call, step.kind)?.flaw;
    return flaw ? w.flaws[flaw] : w.states[step.state];
  };
  return (
    <span className="say-s">
      {step.type === 'challenge' && <Detail challenge={step.challenge} />}
      <em data-state={step.state}>{text()}</em>
    </span>
  );
}

/** The seconds in which the customer's app may still send the photo. */
const secondsLeft = ({ photo_request }: Call, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(photo_request?.expires_at ?? '') - now) / 1000));

function Detail({ challenge: { kind, detail } }: { challenge: Challenge }) {
  if (!detail) return null;
  return (
    <span className="say-d">
      {w.detail[kind]} <b>{detail}</b>
    </span>
  );
}
