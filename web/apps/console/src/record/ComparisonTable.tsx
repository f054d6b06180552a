import { fmt } from '@chonso/i18n';
import { Check, CircleAlert, CircleX, Minus } from 'lucide-react';
import type { Comparison } from './papers.ts';
import { words as w } from './words.ts';

type Mark = keyof typeof w.marks;

/** Each field as it was declared and as it was read, with the mark of the comparison. */
export function ComparisonTable({ rows }: { rows: readonly Comparison[] }) {
  return (
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
        {rows
          .filter(({ field, declared, read }) => field in w.fields && (declared || read))
          .map((row) => (
            <Row key={row.field} row={row} />
          ))}
      </tbody>
    </table>
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
  if (!value) return w.none;
  if (field === 'id_number') return value.replace(/(\d{4})(?=\d)/g, '$1 ');
  if (field === 'sex') return w.sexes[value] ?? value;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? fmt.date(value) : value;
}
