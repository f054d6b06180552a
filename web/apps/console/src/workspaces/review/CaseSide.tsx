import { fmt } from '@chonso/i18n';
import { Button, Note, Skeleton, toast } from '@chonso/ui';
import { CircleAlert, Lock, X } from 'lucide-react';
import { useState } from 'react';
import { ComparisonTable } from '../../record/ComparisonTable.tsx';
import { Picture } from '../../record/Picture.tsx';
import { type Paper, useCase, usePaper } from '../../record/papers.ts';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useNames } from '../../shell/names.ts';
import type { Held } from '../../shell/numbers.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { useHasRole, useMe } from '../../shell/session.ts';
import { words as shell } from '../../shell/words.ts';
import { type Case, type Findings, type Item, useAct } from './cases.ts';
import { DecisionBar } from './DecisionBar.tsx';
import { openOf, Points } from './Points.tsx';
import { words } from './words.ts';

const PAPERS: Paper[] = ['PORTRAIT', 'FRONT', 'BACK'];

type Props = { holdId: string; item: Item | undefined; held: Held | undefined; onClose: () => void };

/** A case beside the list: its papers open only once it is claimed, since each look is written down. */
export function CaseSide({ holdId, item, held, onClose }: Props) {
  const me = useMe();
  const names = useNames([item?.claimed_by]);
  const isOwn = item?.claimed_by === me.subject_id;
  return (
    <>
      <header className="side-h">
        <div className="side-t">
          <b>{held?.display ?? words.title}</b>
          <button type="button" className="round" aria-label={shell.close} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </div>
        <p>
          {held?.hold_code}
          {item && `, ${words.attemptNo(item.attempt)}`}
        </p>
      </header>
      {isOwn ? (
        <Claimed holdId={holdId} onDone={onClose} />
      ) : (
        <Unclaimed holdId={holdId} item={item} name={names(item?.claimed_by)} />
      )}
    </>
  );
}

function Unclaimed({ holdId, item, name }: { holdId: string; item: Item | undefined; name: string }) {
  const manages = useHasRole('region_manager');
  const act = useAct(holdId);
  return (
    <>
      <div className="side-b">
        {item?.reasons.map(({ code, text_vi }) => (
          <Note key={code} kind="warn" icon={<CircleAlert size={18} aria-hidden="true" />}>
            {text_vi}
          </Note>
        ))}
        {item?.claimed_by ? (
          <Note icon={<Lock size={18} aria-hidden="true" />}>
            {words.claimedBy(name, fmt.day(item.claimed_at ?? item.waits_since))}
            {item.claimed_until && `. ${words.until(fmt.hour(item.claimed_until))}`}
          </Note>
        ) : (
          <p className="lead">{words.claimLead}</p>
        )}
        <Refused error={act.error} />
        <JourneyLink holdId={holdId} />
      </div>
      <footer className="side-f">
        {!item?.claimed_by && (
          <Button kind="primary" busy={act.isPending} onClick={() => act.mutate({ act: 'claim' })}>
            {words.claim}
          </Button>
        )}
        {item?.claimed_by && manages && (
          <Button busy={act.isPending} onClick={() => act.mutate({ act: 'take-over' })}>
            {words.takeOver}
          </Button>
        )}
      </footer>
    </>
  );
}

function Claimed({ holdId, onDone }: { holdId: string; onDone: () => void }) {
  const { data, error, isPending, refetch } = useCase(holdId, null);
  const [findings, find] = useState<Findings>({});
  const [isRefusing, setRefusing] = useState(false);
  const act = useAct(holdId, (what, after) => {
    if (what.act === 'release') toast(words.released);
    if (what.act === 'review') toast(after.status === 'KYC_PASSED' ? words.passed : words.failed);
    setRefusing(false);
    onDone();
  });
  if (isPending)
    return (
      <div className="side-b" aria-busy="true">
        <Skeleton height={130} />
        <Skeleton height={180} />
      </div>
    );
  if (!data) return <Failure error={error} retry={() => void refetch()} />;
  const left = openOf(data, findings).length;
  const isSettled = data.settled.length > 0;
  return (
    <>
      <div className="side-b">
        <Record shown={data} />
        {isSettled ? (
          <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
            {words.settled} {data.reasons.map(({ text_vi }) => text_vi).join(' ')}
          </Note>
        ) : (
          <Points shown={data} findings={findings} onFind={find} />
        )}
        {!isRefusing && <Refused error={act.error} />}
        <div className="side-links">
          <JourneyLink holdId={holdId} />
          <Button kind="text" busy={act.isPending} onClick={() => act.mutate({ act: 'release' })}>
            {words.release}
          </Button>
        </div>
      </div>
      <DecisionBar
        left={left}
        isSettled={isSettled}
        isPassing={act.isPending && !isRefusing}
        onFail={() => setRefusing(true)}
        onPass={() => act.mutate({ act: 'review', body: { decision: 'PASS', findings, reason_code: null } })}
      />
      {isRefusing && (
        <ReasonDialog
          title={words.failTitle}
          lead={words.failLead}
          reasons={Object.entries(words.failReasons).map(([code, name]) => ({ code, name }))}
          confirm={words.fail}
          busy={act.isPending}
          error={act.error}
          onConfirm={(reason_code) =>
            act.mutate({ act: 'review', body: { decision: 'FAIL', findings: {}, reason_code } })
          }
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}

/** Pictures and fields of a case. */
function Record({ shown }: { shown: Case }) {
  return (
    <>
      <div className="papers">
        {PAPERS.map((kind) => (
          <OnePaper key={kind} holdId={shown.hold_id} kind={kind} />
        ))}
      </div>
      <div>
        {shown.reasons.map(({ code, text_vi }) => (
          <p key={code} className="doubt">
            {text_vi}
          </p>
        ))}
      </div>
      <ComparisonTable rows={shown.comparison} />
    </>
  );
}

function OnePaper({ holdId, kind }: { holdId: string; kind: Paper }) {
  const address = usePaper(holdId, kind, null, true);
  return <Picture name={words.pictures[kind]} address={address} />;
}
