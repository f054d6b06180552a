import { fmt } from '@chonso/i18n';
import { Button, Note, Skeleton, toast } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { Check, CircleAlert, CircleCheck, MonitorPlay } from 'lucide-react';
import { useState } from 'react';
import { Picture } from '../../record/Picture.tsx';
import { useStill } from '../../record/papers.ts';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { useNames } from '../../shell/names.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { useHasRole } from '../../shell/session.ts';
import { type Sampled, useOpened, useReport, useRevoke } from './audits.ts';
import { Doubt } from './Doubt.tsx';
import { useDeskForm } from './form.ts';
import { words } from './words.ts';

const w = words.audits;
type Still = Sampled['photos'][number];
type Props = { call: Sampled; name: string; agent: string };

/** A sampled call: its stills, what was ticked and decided, and the auditor's word about it. */
export function AuditSide({ call, name, agent }: Props) {
  const { data, error, isPending, refetch } = useOpened(call.call_id);
  const audits = useHasRole('auditor');
  const form = useDeskForm().data;
  const reasonOf = (code: string | null) =>
    [...(form?.rejections ?? []), ...(form?.technical ?? [])].find((reason) => reason.code === code)?.text_vi;
  const textOf = (kind: string) => form?.photos.find((photo) => photo.kind === kind)?.text_vi ?? kind;
  const took = call.started_at && call.ended_at ? Date.parse(call.ended_at) - Date.parse(call.started_at) : 0;
  return (
    <>
      <header className="side-h">
        <b>{name}</b>
        <p>{words.audits.by(agent, call.ended_at ? fmt.time(call.ended_at) : '')}</p>
      </header>
      <div className="side-b">
        <dl className="facts-r">
          <Fact name={words.columns.decision} value={w.statuses[call.status]} />
          {call.reason_code && (
            <Fact name={w.reason} value={reasonOf(call.reason_code) ?? call.reason_code} />
          )}
          <Fact name={w.drawn} value={call.drawn_for.map((reason) => w.drawnFor[reason]).join(', ')} />
          <Fact name={w.took} value={fmt.clock(took / 1000)} />
          {call.evidence_sha256 && <Fact name={w.seal} value={`${call.evidence_sha256.slice(0, 16)}…`} />}
        </dl>
        <h2 className="side-s">{w.stills}</h2>
        {isPending && <Skeleton height={116} />}
        {error && <Failure error={error} retry={() => void refetch()} />}
        {data && !data.photos.length && <p className="t-soft">{w.noStills}</p>}
        {data && data.photos.length > 0 && (
          <div className="papers">
            {data.photos.map((still) => (
              <Take key={still.sha256} callId={call.call_id} still={still} name={textOf(still.kind)} />
            ))}
          </div>
        )}
        <h2 className="side-s">{w.checklist}</h2>
        <Ticked call={call} lines={form?.checklist ?? []} />
        <Link
          to={'/review/calls/$callId' as never}
          params={{ callId: call.call_id } as never}
          className="btn btn-quiet"
        >
          <MonitorPlay size={16} aria-hidden="true" /> {w.play}
        </Link>
        {audits && (
          <Link
            to={'/oversight/audit' as never}
            search={{ hold: call.hold_id } as never}
            className="btn btn-quiet"
          >
            {w.who}
          </Link>
        )}
        {call.audit && <Found call={call} />}
      </div>
      <Word call={call} />
    </>
  );
}

function Fact({ name, value }: { name: string; value: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? words.none}</dd>
    </div>
  );
}

function Take({ callId, still, name }: { callId: string; still: Still; name: string }) {
  return <Picture name={name} address={useStill(callId, still.kind, still.sha256)} />;
}

function Ticked({ call, lines }: { call: Sampled; lines: readonly { name: string; text_vi: string }[] }) {
  const ticked = lines.filter(({ name }) => call.checklist?.[name]);
  if (!ticked.length) return <p className="t-soft">{w.noChecklist}</p>;
  return (
    <ul className="ticked">
      {ticked.map(({ name, text_vi }) => (
        <li key={name}>
          <Check size={15} strokeWidth={2.6} className="is-good" aria-hidden="true" /> {text_vi}
        </li>
      ))}
    </ul>
  );
}

function Found({ call }: { call: Sampled }) {
  const names = useNames([call.audit?.audited_by]);
  if (!call.audit) return null;
  const { finding, note, audited_by, audited_at } = call.audit;
  const isDoubt = finding === 'DOUBTED';
  return (
    <Note
      kind={isDoubt ? 'warn' : 'good'}
      icon={
        isDoubt ? <CircleAlert size={18} aria-hidden="true" /> : <CircleCheck size={18} aria-hidden="true" />
      }
    >
      <b>{w.findings[finding]}</b> {w.by(names(audited_by), fmt.day(audited_at))}
      {note && <p>{note}</p>}
    </Note>
  );
}

function Word({ call }: { call: Sampled }) {
  const audits = useHasRole('auditor');
  const manages = useHasRole('region_manager');
  const [isAsking, setAsking] = useState<'doubt' | 'revoke' | null>(null);
  const report = useReport(call.call_id, () => {
    setAsking(null);
    toast(w.saved);
  });
  const revoke = useRevoke(call.call_id, () => {
    setAsking(null);
    toast(w.revoked);
  });
  const form = useDeskForm().data;
  const mayRevoke = manages && call.status === 'APPROVED';
  if (!mayRevoke && (!audits || call.audit)) return null;
  return (
    <footer className="side-f">
      {!isAsking && <Refused error={report.error} />}
      {mayRevoke && (
        <Button kind="refuse" onClick={() => setAsking('revoke')}>
          {w.revoke}
        </Button>
      )}
      {audits && !call.audit && (
        <>
          <Button kind="refuse" onClick={() => setAsking('doubt')}>
            {w.doubt}
          </Button>
          <Button
            kind="primary"
            busy={report.isPending && !isAsking}
            onClick={() => report.mutate({ finding: 'CONFIRMED', note: null })}
          >
            {w.confirm}
          </Button>
        </>
      )}
      {isAsking === 'doubt' && <Doubt report={report} onClose={() => setAsking(null)} />}
      {isAsking === 'revoke' && (
        <ReasonDialog
          title={w.revokeTitle}
          lead={w.revokeLead}
          reasons={(form?.rejections ?? []).map(({ code, text_vi }) => ({ code, name: text_vi }))}
          confirm={w.revoke}
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={(code) => revoke.mutate(code)}
          onClose={() => setAsking(null)}
        />
      )}
    </footer>
  );
}
