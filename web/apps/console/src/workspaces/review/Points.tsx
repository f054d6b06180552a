import { Segmented } from '@chonso/ui';
import type { Case, Findings } from './cases.ts';
import { words } from './words.ts';

type Basis = Case['open_points'][string][number];
const REFERENCE = /^[A-Za-z0-9./_-]{4,64}$/;

/** The open points that nothing has been compared with yet, or without the registry's reference. */
export const openOf = (shown: Case, findings: Findings): string[] =>
  Object.keys(shown.open_points).filter((point) => {
    const finding = findings[point];
    if (!finding) return true;
    return finding.compared_with === 'REGISTRY' && !REFERENCE.test(finding.reference ?? '');
  });

type Props = { shown: Case; findings: Findings; onFind: (findings: Findings) => void };

/** Each open point and what it was compared with; no point is closed by an opinion (LAW05). */
export function Points({ shown, findings, onFind }: Props) {
  const find = (point: string, compared_with: Basis, reference?: string) =>
    onFind({ ...findings, [point]: { compared_with, reference: reference || null } });
  // One question to the registry usually answers several points: its reference is offered again.
  const last = Object.values(findings).find(({ reference }) => reference)?.reference ?? '';
  return (
    <fieldset className="points">
      <legend>{words.compareWith}</legend>
      {Object.entries(shown.open_points).map(([point, bases]) => {
        const finding = findings[point];
        return (
          <div key={point} className="point">
            <b>{words.points[point]}</b>
            <Segmented
              legend={words.points[point] ?? point}
              value={(finding?.compared_with ?? '') as string}
              options={bases.map((basis) => ({ value: basis, name: words.bases[basis] ?? basis }))}
              onChange={(basis) => find(point, basis as Basis, finding?.reference ?? last)}
            />
            {finding?.compared_with === 'REGISTRY' && (
              <div className="field">
                <label htmlFor={`reference-${point}`}>{words.reference}</label>
                <input
                  id={`reference-${point}`}
                  value={finding.reference ?? ''}
                  maxLength={64}
                  autoComplete="off"
                  placeholder={words.referenceHint}
                  onChange={({ target }) => find(point, 'REGISTRY', target.value)}
                />
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
