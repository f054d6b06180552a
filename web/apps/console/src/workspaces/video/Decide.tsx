import { Button } from '@chonso/ui';
import { Refused } from '../../shell/Failure.tsx';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { type Call, type Form, type Ticks, useDecision } from './calls.ts';
import { words } from './words.ts';

const w = words.decide;
const PHOTO = 'PHOTO';

export type Question = 'reject' | 'again' | 'technical';

type Props = {
  call: Call;
  form: Form;
  ticks: Ticks;
  /** The dialog that is open; the stage opens one, too. */
  question: Question | null;
  onQuestion: (question: Question | null) => void;
};

/** The decision: says what is missing, and stays shut until nothing is; a no needs its reason. */
export function Decide({ call, form, ticks, question, onQuestion }: Props) {
  const decision = useDecision(call.call_id);
  const unticked = form.checklist.filter(({ name }) => !ticks[name as keyof Ticks]).length;
  const photos = call.missing.filter((item) => item.startsWith('photos.')).length;
  const isDropped = call.status === 'DROPPED';
  const isComplete = !unticked && !call.missing.length && !isDropped;
  const approve = () => {
    if (isComplete && !decision.isPending)
      decision.mutate({ act: 'approve', checklist: ticks, epoch: call.epoch });
  };
  const ask = (next: Question) => {
    decision.reset();
    onQuestion(next);
  };
  useKeys(words.keys, [
    { key: 'ctrl+Enter', name: w.approve, run: approve, enabled: !question },
    { key: 'r', name: w.reject, run: () => ask('reject'), enabled: !question },
    { key: 'p', name: w.again, run: () => ask('again'), enabled: !question && !isDropped },
    { key: 't', name: w.technicalTitle, run: () => ask('technical'), enabled: !question },
  ]);
  return (
    <footer className="side-f decide">
      <p aria-live="polite" data-complete={isComplete || undefined}>
        {isDropped
          ? w.paused
          : isComplete
            ? w.complete
            : w.missing(call.missing.includes('challenges'), photos, unticked)}
      </p>
      {!question && decision.error && (
        <div className="decide-e">
          <Refused error={decision.error} />
        </div>
      )}
      <Button kind="refuse" disabled={isDropped} onClick={() => ask('reject')}>
        {w.reject}
      </Button>
      <Button disabled={isDropped} onClick={() => ask('again')}>
        {w.again}
      </Button>
      <Button
        kind="primary"
        className="decide-yes"
        disabled={!isComplete}
        busy={decision.isPending && !question}
        onClick={approve}
      >
        {w.approve}
        <Kbd of="ctrl+Enter" />
      </Button>
      {question && (
        <Ask
          call={call}
          form={form}
          question={question}
          decision={decision}
          onClose={() => {
            onQuestion(null);
            decision.reset();
          }}
        />
      )}
    </footer>
  );
}

type AskProps = {
  call: Call;
  form: Form;
  question: Question;
  decision: ReturnType<typeof useDecision>;
  onClose: () => void;
};

const DROP = 'DROP';

function Ask({ call, form, question, decision, onClose }: AskProps) {
  const common = { busy: decision.isPending, error: decision.error, onClose };
  const done = { onSuccess: onClose };
  if (question === 'technical') {
    const drop = { code: DROP, name: w.drop, text: w.dropText };
    const reasons = form.technical.map(({ code, text_vi }) => ({ code, name: text_vi }));
    return (
      <ReasonDialog
        {...common}
        title={w.technicalTitle}
        lead={w.technicalLead}
        reasons={call.status === 'IN_CALL' ? [drop, ...reasons] : reasons}
        confirm={w.end}
        onConfirm={(code) =>
          decision.mutate(code === DROP ? { act: 'drop' } : { act: 'technical', code }, done)
        }
      />
    );
  }
  const isAgain = question === 'again';
  return (
    <ReasonDialog
      {...common}
      title={isAgain ? w.againTitle : w.rejectTitle}
      lead={isAgain ? w.againLead : w.rejectLead}
      reasons={form.rejections
        .filter(({ repeat }) => (repeat === PHOTO) === isAgain)
        .map(({ code, text_vi, repeat }) => ({ code, name: text_vi, text: w.repeat[repeat] }))}
      note={w.note}
      confirm={isAgain ? w.again : w.reject}
      onConfirm={(code, note) => decision.mutate({ act: 'reject', code, note }, done)}
    />
  );
}
