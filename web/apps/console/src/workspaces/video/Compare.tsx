import { fmt } from '@chonso/i18n';
import { Skeleton } from '@chonso/ui';
import { Check, CircleAlert, CircleX, Minus } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Failure } from '../../shell/Failure.tsx';
import type { Call } from './calls.ts';
import { type Comparison, type Paper, useCase, usePaper, useStill } from './dossier.ts';
import { takeOf } from './steps.ts';
import { words } from './words.ts';

const w = words.compare;
type Mark = keyof typeof w.marks;

/** The record beside the call: faces, papers, and each field as declared and as read. */
export function Compare({ call }: { call: Call }) {
  const { data, error, isPending, refetch } = useCase(call.hold_id, call.attempt);
  if (isPending) return <Loading />;
  if (!data) return <Failure error={error} retry={() => void refetch()} />;
  const face = data.comparison.find(({ field }) => field === 'face')?.papers ?? null;
  return (
    <>
      <Faces call={call} verdict={face} />
      <table className="cmp">
        <thead>
          <tr>
            <th className="sr">{w.field}</th>
            <th>{w.declared}</th>
            <th>{w.papers}</th>
            <th>
              <span className="sr">{w.mark}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.comparison
            .filter(({ field, declared, read }) => field in w.fields && (declared || read))
            .map((row) => (
              <Row key={row.field} row={row} />
            ))}
        </tbody>
      </table>
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
  const live = useStill(call.call_id, 'FACE', takeOf(call, 'FACE')?.sha256);
  return (
    <div className="faces">
      <Picture name={w.portrait} address={portrait} />
      <div className="alike" data-verdict={verdict ?? 'UNAVAILABLE'}>
        <svg viewBox="0 0 100 34" aria-hidden="true">
          <path d="M4 4C4 40 96 40 96 4" />
          <path d="M22 4C22 25 78 25 78 4" opacity=".6" />
          <path d="M40 4C40 12 60 12 60 4" opacity=".35" />
        </svg>
        <b>{w.faces[verdict ?? 'UNAVAILABLE']}</b>
        <small>{w.byMachine}</small>
        <Card call={call} kind="FRONT" name={w.front} />
        <Card call={call} kind="BACK" name={w.back} />
      </div>
      <Picture name={w.live} address={live} empty={w.noLive} />
    </div>
  );
}

type PictureProps = { name: string; address: string | undefined; empty?: string };

function Picture({ name, address, empty }: PictureProps) {
  const [isLarge, setLarge] = useState(false);
  return (
    <figure>
      <button
        type="button"
        className="face"
        disabled={!address}
        aria-label={w.enlarge(name)}
        onClick={() => setLarge(true)}
      >
        {address ? <img src={address} alt="" /> : empty ? <span>{empty}</span> : <Skeleton height={116} />}
      </button>
      <figcaption>{name}</figcaption>
      {isLarge && address && (
        <Dialog title={name} wide onClose={() => setLarge(false)}>
          <img className="large" src={address} alt={name} />
        </Dialog>
      )}
    </figure>
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

function Row({ row }: { row: Comparison }) {
  const mark = markOf(row);
  return (
    <tr data-mark={mark}>
      <th scope="row">{w.fields[row.field]}</th>
      <td>{shown(row.field, row.declared)}</td>
      <td>{shown(row.field, row.read)}</td>
      <td>
        <Sign mark={mark} />
      </td>
    </tr>
  );
}

function Sign({ mark }: { mark: Mark }) {
  const text = w.marks[mark];
  if (mark === 'match' || mark === 'papers')
    return <Check size={16} strokeWidth={2.6} className="is-good" role="img" aria-label={text} />;
  if (mark === 'doubt') return <CircleAlert size={16} className="is-doubt" role="img" aria-label={text} />;
  if (mark === 'fail') return <CircleX size={16} className="is-bad" role="img" aria-label={text} />;
  return <Minus size={16} className="t-soft" role="img" aria-label={text} />;
}

/** The mark of a field: a denial outweighs a doubt, a doubt outweighs a match. */
export function markOf({ papers, registry }: Comparison): Mark {
  const both = [papers, registry];
  if (both.includes('FAIL')) return 'fail';
  if (both.includes('REVIEW') || registry === 'UNAVAILABLE') return 'doubt';
  if (papers === 'PASS') return registry === 'PASS' ? 'match' : 'papers';
  return 'unknown';
}

/** A value as people read it: days, groups of four digits, words of the sex. */
export function shown(field: string, value: string | null): string {
  if (!value) return words.none;
  if (field === 'id_number') return value.replace(/(\d{4})(?=\d)/g, '$1 ');
  if (field === 'sex') return w.sexes[value] ?? value;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? fmt.date(value) : value;
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
