import { fmt } from '@chonso/i18n';
import { Button, toast } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Facts, Side } from '../lists/Side.tsx';
import { words as lists } from '../lists/words.ts';
import { Refused } from '../shell/Failure.tsx';
import { ReasonDialog } from '../shell/ReasonDialog.tsx';
import { useHasRole } from '../shell/session.ts';
import { reasonOf } from './reasons.words.ts';
import { kindOf, words } from './task.words.ts';
import { type Task, type TaskState, useGiveUp, useRetry } from './tasks.ts';

type Props = { task: Task; state: TaskState; onClose: () => void };

/** One task: why it was refused, what to do about it, and the two decisions. */
export function TaskSide({ task, state, onClose }: Props) {
  const isListed = state === 'LISTED';
  const mayOpen = useHasRole('osp_staff', 'region_manager', 'admin');
  return (
    <Side
      title={kindOf(task)}
      lead={lists.services[task.service]}
      onClose={onClose}
      foot={isListed && <Decision task={task} onClose={onClose} />}
    >
      <p className="lead">{isListed ? (words.advice[task.kind] ?? words.lead) : words.leadFailing}</p>
      <Facts
        facts={[
          [words.reason, reasonOf(task.reason_code ?? task.because)],
          [words.attempts, task.attempts],
          [words.listed, task.listed_at && fmt.time(task.listed_at)],
          [words.nextTry, isListed ? null : fmt.time(task.next_try_at)],
          [words.region, task.region],
          [words.ref, task.ref],
        ]}
      />
      {task.service === 'shipping' && mayOpen && (
        <Link to="/orders" search={{ id: task.ref } as never} className="btn btn-quiet">
          {words.open}
        </Link>
      )}
    </Side>
  );
}

function Decision({ task, onClose }: { task: Task; onClose: () => void }) {
  const [isGivingUp, setGivingUp] = useState(false);
  const retry = useRetry(task);
  const giveUp = useGiveUp(task);
  const done = (text: string) => () => {
    toast(text);
    onClose();
  };
  return (
    <>
      {retry.error && (
        <p>
          <Refused error={retry.error} />
        </p>
      )}
      <Button onClick={() => setGivingUp(true)}>{words.giveUp}</Button>
      <Button
        kind="primary"
        busy={retry.isPending}
        onClick={() => retry.mutate(undefined, { onSuccess: done(words.retried) })}
      >
        {words.retry}
      </Button>
      {isGivingUp && (
        <ReasonDialog
          title={words.giveUpTitle}
          lead={words.giveUpLead}
          reasons={words.reasons}
          confirm={words.giveUp}
          busy={giveUp.isPending}
          error={giveUp.error}
          onClose={() => setGivingUp(false)}
          onConfirm={(code) => giveUp.mutate(code, { onSuccess: done(words.givenUp) })}
        />
      )}
    </>
  );
}
