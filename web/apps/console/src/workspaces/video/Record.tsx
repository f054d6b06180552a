import { Checklist } from './Checklist.tsx';
import { Compare } from './Compare.tsx';
import type { Call, Form } from './calls.ts';
import { Decide, type Question } from './Decide.tsx';
import { useTicks } from './ticks.ts';
import { words } from './words.ts';

type Props = {
  call: Call;
  form: Form;
  question: Question | null;
  onQuestion: (question: Question | null) => void;
};

/** The right column of a call: the record, the checklist, the decision. */
export function Record({ call, form, question, onQuestion }: Props) {
  const [ticks, tick] = useTicks(call.call_id);
  return (
    <>
      <div className="record">
        <h2>{words.compare.title}</h2>
        <Compare call={call} />
        <Checklist form={form} ticks={ticks} onTick={tick} />
      </div>
      <Decide call={call} form={form} ticks={ticks} question={question} onQuestion={onQuestion} />
    </>
  );
}
