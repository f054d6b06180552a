import { fmt } from '@chonso/i18n';
import { Button, Note, Skeleton, toast } from '@chonso/ui';
import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import { Facts, Side } from '../../lists/Side.tsx';
import { words as lists } from '../../lists/words.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useNames } from '../../shell/names.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { useMe } from '../../shell/session.ts';
import { words as frame } from '../../shell/words.ts';
import {
  type Letter,
  useApproveDrop,
  useAskDrop,
  useLetter,
  useRedrive,
  useWithdrawDrop,
} from './dead_letters.ts';
import { words as all } from './words.ts';

const words = all.events;
const pretty = (content: string) => {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
};

const reasonOf = (code: string | null) => words.reasons.find((reason) => reason.code === code)?.name ?? code;

/** A parked event: what it says and why it stands; dead, it is run again by one person or dropped by two. */
export function LetterDetail({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const opened = useLetter(letter);
  const payload = opened.data?.payload;
  return (
    <Side
      title={letter.topic}
      lead={`${lists.services[letter.service]}, ${all.states[letter.state].toLowerCase()}`}
      onClose={onClose}
      foot={letter.state === 'DEAD' && <Decision letter={letter} onClose={onClose} />}
    >
      <DropAsked letter={letter} />
      <Facts
        facts={[
          [words.reason, letter.reason],
          [words.attempts, letter.attempts],
          [words.parked, fmt.time(letter.parked_at)],
          [words.nextTry, letter.next_try_at && fmt.time(letter.next_try_at)],
          [words.needs, letter.needs],
          [words.key, letter.key],
          [words.behind, opened.data && words.behindCount(opened.data.behind.length)],
        ]}
      />
      <div>
        <h2 className="v-h">{words.payload}</h2>
        <Refused error={opened.error} />
        {opened.isPending && <Skeleton height={120} />}
        {payload && (
          <pre className="v-pre">
            {payload.encoding === 'text' ? pretty(payload.content) : payload.content}
          </pre>
        )}
      </div>
    </Side>
  );
}

function DropAsked({ letter }: { letter: Letter }) {
  const { drop_asked_by: by, drop_asked_at: at } = letter;
  const me = useMe().subject_id;
  const name = useNames([by]);
  if (!by || !at) return null;
  const said = words.askedBy(by === me ? words.you : name(by) || '…', fmt.day(at));
  return (
    <Note kind="warn" icon={<UserCheck size={18} aria-hidden="true" />}>
      {said}: {reasonOf(letter.drop_reason_code)}.{by === me && ` ${words.another}`}
    </Note>
  );
}

/** What an operator may do about a dead event; running it again ends what was asked. */
function Decision({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const me = useMe().subject_id;
  const [dialog, setDialog] = useState<'ask' | 'approve'>();
  const redrive = useRedrive(letter);
  const withdraw = useWithdrawDrop(letter);
  const isAsked = !!letter.drop_asked_by;
  const byAnother = isAsked && letter.drop_asked_by !== me;
  const run = () =>
    redrive.mutate(undefined, {
      onSuccess: () => {
        toast(words.redriven);
        onClose();
      },
    });
  useKeys(words.label, [
    { key: 'r', name: words.keys.redrive, run },
    { key: 'd', name: words.keys.drop, enabled: !isAsked, run: () => setDialog('ask') },
  ]);
  return (
    <>
      {(redrive.error || withdraw.error) && (
        <p>
          <Refused error={redrive.error ?? withdraw.error} />
        </p>
      )}
      {!isAsked && <Button onClick={() => setDialog('ask')}>{words.drop}</Button>}
      {isAsked && (
        <Button
          busy={withdraw.isPending}
          onClick={() => withdraw.mutate(undefined, { onSuccess: () => toast(words.withdrawn) })}
        >
          {words.withdraw}
        </Button>
      )}
      {byAnother ? (
        <Button kind="refuse" onClick={() => setDialog('approve')}>
          {words.approve}
        </Button>
      ) : (
        <Button kind="primary" busy={redrive.isPending} onClick={run}>
          {words.redrive}
        </Button>
      )}
      {dialog === 'ask' && <AskDrop letter={letter} onClose={() => setDialog(undefined)} />}
      {dialog === 'approve' && (
        <ApproveDrop letter={letter} onClose={() => setDialog(undefined)} onDropped={onClose} />
      )}
    </>
  );
}

function AskDrop({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const ask = useAskDrop(letter);
  return (
    <ReasonDialog
      title={words.dropTitle}
      lead={words.dropLead}
      reasons={words.reasons}
      confirm={words.drop}
      busy={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onConfirm={(code) =>
        ask.mutate(code, {
          onSuccess: () => {
            toast(words.dropAsked);
            onClose();
          },
        })
      }
    />
  );
}

type ApproveProps = { letter: Letter; onClose: () => void; onDropped: () => void };

function ApproveDrop({ letter, onClose, onDropped }: ApproveProps) {
  const approve = useApproveDrop(letter);
  return (
    <Dialog
      title={words.approveTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{frame.back}</Button>
          <Button
            kind="refuse"
            busy={approve.isPending}
            onClick={() =>
              approve.mutate(undefined, {
                onSuccess: () => {
                  toast(words.dropped);
                  onDropped();
                },
              })
            }
          >
            {words.approve}
          </Button>
        </>
      }
    >
      <p className="lead">{words.dropLead}</p>
      <DropAsked letter={letter} />
      <Refused error={approve.error} />
    </Dialog>
  );
}
