import { Skeleton } from '@chonso/ui';
import { useState } from 'react';
import { ComparisonTable } from '../../record/ComparisonTable.tsx';
import { Picture } from '../../record/Picture.tsx';
import { type Comparison, type Paper, useCase, usePaper, useStill } from '../../record/papers.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { Failure } from '../../shell/Failure.tsx';
import type { Call } from './calls.ts';
import { takeOf } from './steps.ts';
import { words } from './words.ts';

const w = words.compare;

/** The record beside the call: faces, papers, and each field as declared and as read. */
export function Compare({ call }: { call: Call }) {
  const { data, error, isPending, refetch } = useCase(call.hold_id, call.attempt);
  if (isPending) return <Loading />;
  if (!data) return <Failure error={error} retry={() => void refetch()} />;
  const face = data.comparison.find(({ field }) => field === 'face')?.papers ?? null;
  return (
    <>
      <Faces call={call} verdict={face} />
      <ComparisonTable rows={data.comparison} />
      {call.earlier_calls > 0 && (
        <p className="cmp-note">
          {w.earlier(call.earlier_calls)}
          {call.earlier_rejections > 0 && `, ${w.rejected(call.earlier_rejections)}`}
        </p>
      )}
    </>
  );
}

function Faces({ call, verdict }: { call: Call; verdict: Comparison['papers'] }) {
  const portrait = usePaper(call.hold_id, 'PORTRAIT', call.attempt, true);
  const card = usePaper(call.hold_id, 'FRONT', call.attempt, true);
  const live = useStill(call.call_id, 'FACE', takeOf(call, 'FACE')?.sha256);
  return (
    <>
      <div className="faces">
        <Picture name={w.portrait} address={portrait} />
        <Picture name={w.live} address={live} empty={w.noLive} />
        <Picture name={w.card} address={card} />
      </div>
      <div className="alike" data-verdict={verdict ?? 'UNAVAILABLE'}>
        <i aria-hidden="true" />
        <b>{w.faces[verdict ?? 'UNAVAILABLE']}</b>
        <small>{w.byMachine}</small>
        <Card call={call} kind="BACK" name={w.back} />
      </div>
    </>
  );
}

function Card({ call, kind, name }: { call: Call; kind: Paper; name: string }) {
  const [isLarge, setLarge] = useState(false);
  const address = usePaper(call.hold_id, kind, call.attempt, isLarge);
  return (
    <>
      <button type="button" className="card-a" onClick={() => setLarge(true)}>
        {name}
      </button>
      {isLarge && (
        <Dialog title={name} wide onClose={() => setLarge(false)}>
          {address ? <img className="large" src={address} alt={name} /> : <Skeleton height={320} />}
        </Dialog>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className="cmp-wait" aria-busy="true" role="img" aria-label={w.waiting}>
      <Skeleton height={116} />
      {[90, 70, 80, 60].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={20} />
      ))}
    </div>
  );
}
