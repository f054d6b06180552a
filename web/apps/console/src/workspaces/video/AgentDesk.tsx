import { fmt } from '@chonso/i18n';
import { switchOff, switchOn, useDevices, useLine } from '@chonso/media';
import { toast } from '@chonso/ui';
import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../../shell/Failure.tsx';
import { useNumbers } from '../../shell/numbers.ts';
import { problemText } from '../../shell/problems.ts';
import { type Figure, Workspace } from '../../shell/Workspace.tsx';
import { Between } from './Between.tsx';
import {
  type Change,
  connectedCall,
  isInHand,
  type Shift,
  useAccept,
  useCall,
  useChooseState,
  useDecline,
  useForm,
  useQueue,
  useShift,
} from './calls.ts';
import { useNow } from './clock.ts';
import { DayChart } from './DayChart.tsx';
import type { Question } from './Decide.tsx';
import { InCall } from './InCall.tsx';
import { Incoming } from './Incoming.tsx';
import { QueueList } from './QueueList.tsx';
import { Record } from './Record.tsx';
import { useRing } from './ring.ts';
import { StateSwitch } from './StateSwitch.tsx';
import { useSignalling } from './signalling.ts';
import { WrapUp } from './WrapUp.tsx';
import { words } from './words.ts';

/** The agent's desk: queue, call and decision side by side. */
export function AgentDesk() {
  const queue = useQueue();
  const { data: shift } = useShift();
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
  const [accept, decline, choose] = [useAccept(), useDecline(), useChooseState()];
  const offer = isTalking ? null : (queue.data?.offer ?? null);
  const waiting = queue.data?.waiting ?? 0;
  const onError = (error: Error) => toast(problemText(error));
  const devices = useDevices();
  const line = useLine(
    useSignalling(offer?.call_id ?? connectedCall(call, inHand)),
    devices.status === 'live' ? devices.stream : undefined,
  );
  const isBlind = ['refused', 'absent', 'busy'].includes(devices.status);
  const { mutate } = choose;
  const onChoose = useCallback(
    (change: Change) => {
      if (change.state !== 'AVAILABLE' || !isBlind) return mutate(change);
      void switchOn();
      toast(words.state.needsCamera);
    },
    [mutate, isBlind],
  );
  const isWrappingUp = shift?.state === 'WRAP_UP';
  const done = useCallback(() => {
    setCallId(null);
    if (isWrappingUp) onChoose({ state: 'AVAILABLE' });
  }, [onChoose, isWrappingUp]);
  useRing(offer?.call_id);
  const numbers = useNumbers([
    ...(queue.data?.items ?? []),
    ...(offer ? [offer] : []),
    ...(call ? [call] : []),
  ]);
  const now = useNow();
  const work = () => {
    if (form.error && !form.data) return <Failure error={form.error} retry={() => void form.refetch()} />;
    if (call && form.data && isTalking)
      return (
        <InCall
          key={call.call_id}
          call={call}
          line={line}
          form={form.data}
          number={numbers.get(call.hold_id)?.display}
          asking={question !== null}
          onTrouble={() => setQuestion('technical')}
        />
      );
    if (offer)
      return (
        <Incoming
          key={`${offer.call_id}:${offer.epoch}`}
          offer={offer}
          number={numbers.get(offer.hold_id)?.display}
          busy={accept.isPending || decline.isPending}
          onAccept={() => accept.mutate(offer, { onSuccess: (taken) => setCallId(taken.call_id), onError })}
          onDecline={() => decline.mutate(offer, { onSuccess: () => setCallId(null), onError })}
        />
      );
    if (call && !isTalking)
      return <WrapUp key={call.call_id} call={call} form={form.data} busy={choose.isPending} onDone={done} />;
    return (
      <Between
        shift={shift}
        waiting={waiting}
        loading={queue.isPending || callId !== null}
        busy={choose.isPending}
        onReady={() => onChoose({ state: 'AVAILABLE' })}
      />
    );
  };
  return (
    <Workspace
      title={words.title}
      count={waiting}
      figures={figuresOf(shift)}
      switches={<StateSwitch shift={shift} onChoose={onChoose} />}
      list={
        <>
          <QueueList reading={queue} numbers={numbers} />
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
