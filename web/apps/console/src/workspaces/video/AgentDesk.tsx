import { fmt } from '@chonso/i18n';
import { toast } from '@chonso/ui';
import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useNumbers } from '../../shell/numbers.ts';
import { problemText } from '../../shell/problems.ts';
import { type Figure, Workspace } from '../../shell/Workspace.tsx';
import { Between } from './Between.tsx';
import {
  isInHand,
  type Shift,
  useCall,
  useForm,
  useQueue,
  useReadiness,
  useShift,
  useTakeNext,
} from './calls.ts';
import { useNow } from './clock.ts';
import { DayChart } from './DayChart.tsx';
import type { Question } from './Decide.tsx';
import { switchOff, switchOn } from './devices.ts';
import { InCall } from './InCall.tsx';
import { QueueList } from './QueueList.tsx';
import { Readiness } from './Readiness.tsx';
import { Record } from './Record.tsx';
import { useRing } from './ring.ts';
import { WrapUp } from './WrapUp.tsx';
import { words } from './words.ts';

/** The agent's desk: queue, call and decision side by side. */
export function AgentDesk() {
  const queue = useQueue();
  const { data: shift } = useShift(true);
  const form = useForm();
  const [callId, setCallId] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const inHand = queue.data?.in_hand ?? null;
  useEffect(() => {
    if (inHand) setCallId(inHand);
  }, [inHand]);
  useEffect(() => {
    void switchOn();
    return switchOff;
  }, []);
  const { data } = useCall(callId);
  const call = callId && data?.call_id === callId ? data : undefined;
  const isTalking = isInHand(call);
  const take = useTakeNext();
  const readiness = useReadiness();
  const isOnBreak = shift?.readiness === 'BREAK';
  const waiting = queue.data?.waiting ?? 0;
  const canTake = !isTalking && !isOnBreak && waiting > 0;
  const next = () => {
    if (!canTake || take.isPending) return;
    take.mutate(undefined, {
      onSuccess: (taken) => (taken ? setCallId(taken.call_id) : toast(words.nobodyWaits)),
      onError: (error) => toast(problemText(error)),
    });
  };
  const beReady = readiness.mutate;
  const done = useCallback(() => {
    setCallId(null);
    beReady({ readiness: 'READY' });
  }, [beReady]);
  useRing(canTake ? queue.data?.items[0]?.call_id : undefined, waiting);
  useKeys(words.keys, [{ key: 'n', name: words.queue.next, run: next, enabled: canTake }]);
  const numbers = useNumbers([...(queue.data?.items ?? []), ...(call ? [call] : [])]);
  const now = useNow();
  const work = () => {
    if (form.error && !form.data) return <Failure error={form.error} retry={() => void form.refetch()} />;
    if (call && form.data && isTalking)
      return (
        <InCall
          key={call.call_id}
          call={call}
          form={form.data}
          number={numbers.get(call.hold_id)?.display}
          asking={question !== null}
          onTrouble={() => setQuestion('technical')}
        />
      );
    if (call && !isTalking)
      return (
        <WrapUp key={call.call_id} call={call} form={form.data} busy={readiness.isPending} onDone={done} />
      );
    return (
      <Between
        shift={shift}
        waiting={waiting}
        loading={queue.isPending || callId !== null}
        busy={readiness.isPending}
        onReady={() => beReady({ readiness: 'READY' })}
      />
    );
  };
  return (
    <Workspace
      title={words.title}
      count={waiting}
      figures={figuresOf(shift)}
      switches={<Readiness shift={shift} change={readiness} talking={isTalking} />}
      list={
        <>
          <QueueList
            reading={queue}
            numbers={numbers}
            onNext={canTake ? next : undefined}
            busy={take.isPending}
          />
          <DayChart shift={shift} now={now} />
        </>
      }
      side={
        call &&
        form.data &&
        isTalking && (
          <Record
            key={call.call_id}
            call={call}
            form={form.data}
            question={question}
            onQuestion={setQuestion}
          />
        )
      }
    >
      <div className="stage">{work()}</div>
    </Workspace>
  );
}

function figuresOf(shift: Shift | undefined): Figure[] {
  const w = words.figures;
  if (!shift) return [];
  const decided = shift.approved + shift.rejected;
  return [
    { name: w.handled, value: fmt.count(decided + shift.undecided) },
    {
      name: w.average,
      value: shift.average_seconds === null ? words.none : fmt.clock(shift.average_seconds),
    },
    { name: w.approved, value: decided ? `${Math.round((shift.approved / decided) * 100)}%` : words.none },
  ];
}
