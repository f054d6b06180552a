import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Note, Skeleton } from '@chonso/ui';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Refused } from '../../shell/Failure.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useMe } from '../../shell/session.ts';
import { Conditions } from './Conditions.tsx';
import { type Dossier, type Paper, type useChange, usePaper } from './dossiers.ts';
import { DossierFacts, type Fact, Facts } from './Facts.tsx';
import { Refuse } from './Refuse.tsx';
import { words } from './words.ts';

const FIELDS = [
  'full_name',
  'id_number',
  'date_of_birth',
  'sex',
  'nationality',
  'document_kind',
  'issued_on',
  'expires_on',
  'address',
] as const;

type Props = {
  dossier: Dossier;
  change: ReturnType<typeof useChange>;
  /** Take the next dossier of the queue; nothing when none waits. */
  onNext: (() => void) | undefined;
};

/** The signed papers beside the evidence, and the decision: confirm by Ctrl Enter, refuse by X with a reason. */
export function Papers({ dossier, change, onNext }: Props) {
  const { hold_id: holdId } = dossier;
  const paper = usePaper(holdId);
  return (
    <>
      <header className="side-h">
        <p>{words.dossier}</p>
        {dossier.msisdn && <Msisdn display={fmt.phone(dossier.msisdn)} />}
        <b>{String(paper.data?.form.full_name ?? '')}</b>
      </header>
      <div className="side-b">
        {dossier.incident && (
          <Note kind="warn" icon={<TriangleAlert size={18} aria-hidden="true" />}>
            {words.incident}
          </Note>
        )}
        {paper.isPending ? <Skeleton height={180} /> : <Refused error={paper.error} />}
        {paper.data && <Facts facts={formFacts(paper.data)} />}
        <Conditions dossier={dossier} />
        <DossierFacts dossier={dossier} />
        <div>
          <JourneyLink holdId={holdId} />
        </div>
      </div>
      <Decision dossier={dossier} change={change} onNext={onNext} />
    </>
  );
}

function formFacts({ form, consents }: Paper): Fact[] {
  const agreed = consents.map((name) => words.consentNames[name] ?? name).join(', ');
  const read = FIELDS.map((field): Fact => {
    const value = form[field];
    if (typeof value !== 'string' || !value) return [words.form[field] ?? field, null];
    if (field === 'sex') return [words.form.sex ?? field, words.sexes[value] ?? value];
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    return [words.form[field] ?? field, isDay ? fmt.date(`${value}T12:00:00+07:00`) : value];
  });
  return [...read, [words.consents, agreed]];
}

function Decision({ dossier, change, onNext }: Props) {
  const me = useMe().subject_id;
  const [isRefusing, setRefusing] = useState(false);
  const { hold_id: holdId, stage, missing } = dossier;
  const isOwnApproval = dossier.call_approved_by === me;
  const mayConfirm = stage === 'QUEUED' && !missing.length && !isOwnApproval;
  const mayRefuse = (stage === 'QUEUED' || stage === 'DELAYED') && !isOwnApproval;
  const confirm = () => change.mutate({ holdId, verb: stage === 'DELAYED' ? 'send-again' : 'confirm' });
  const isOpen = mayRefuse && !isRefusing;
  useKeys(words.dossier, [
    {
      key: 'ctrl+Enter',
      name: stage === 'DELAYED' ? words.sendAgain : words.confirm,
      enabled: isOpen && (mayConfirm || stage === 'DELAYED') && !change.isPending,
      run: confirm,
    },
    { key: 'x', name: words.refuse, enabled: isOpen, run: () => setRefusing(true) },
    { key: 'r', name: words.release, enabled: isOpen, run: () => change.mutate({ holdId, verb: 'release' }) },
  ]);
  if (!mayRefuse && !isOwnApproval)
    return (
      <footer className="side-f">
        <Button kind="primary" disabled={!onNext} busy={change.isPending} onClick={onNext}>
          {onNext ? words.next : words.nextNone} {onNext && <Kbd of="n" />}
        </Button>
      </footer>
    );
  return (
    <footer className="side-f cx-decide">
      {isOwnApproval && <p>{words.ownApproval}</p>}
      {stage === 'QUEUED' && missing.length > 0 && <p>{words.lacks(missing.length)}</p>}
      {!isRefusing && <Refused error={change.error} />}
      <Button kind="refuse" disabled={!mayRefuse} onClick={() => setRefusing(true)}>
        {words.refuse} <Kbd of="x" />
      </Button>
      <Button busy={change.isPending} onClick={() => change.mutate({ holdId, verb: 'release' })}>
        {words.release} <Kbd of="r" />
      </Button>
      <Button
        kind="primary"
        aria-keyshortcuts="Control+Enter"
        disabled={stage === 'QUEUED' && !mayConfirm}
        busy={change.isPending}
        onClick={confirm}
      >
        {stage === 'DELAYED' ? words.sendAgain : words.confirm} <Kbd of="ctrl+Enter" />
      </Button>
      {isRefusing && <Refuse holdId={holdId} change={change} onClose={() => setRefusing(false)} />}
    </footer>
  );
}
