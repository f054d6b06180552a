import { Labelled } from '@chonso/ui';
import { REGIONS } from '../../record/regions.ts';
import type { Channel } from './channels.ts';
import { words } from './words.ts';

export type Terms = Pick<Channel, 'kind' | 'region' | 'collects_fee' | 'delivers' | 'own_customers'>;

type Props = { terms: Terms; onChange: (change: Partial<Terms>) => void };

/** The fields of a channel's terms: kind, region, and what it may do. */
export function TermsForm({ terms, onChange }: Props) {
  return (
    <>
      <div className="two">
        <Labelled label={words.kind}>
          {(wiring) => (
            <select
              {...wiring}
              value={terms.kind}
              onChange={(event) => onChange({ kind: event.target.value as Terms['kind'] })}
            >
              {Object.entries(words.kinds).map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={words.region}>
          {(wiring) => (
            <select
              {...wiring}
              value={terms.region ?? ''}
              onChange={(event) => onChange({ region: (event.target.value || null) as Terms['region'] })}
            >
              <option value="">{words.anyRegion}</option>
              {REGIONS.map((region) => (
                <option key={region}>{region}</option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <fieldset className="rights">
        <legend>{words.rights}</legend>
        {(
          [
            ['collects_fee', words.collects],
            ['delivers', words.delivers],
            ['own_customers', words.own],
          ] as const
        ).map(([right, name]) => (
          <label key={right} className="check">
            <input
              type="checkbox"
              checked={terms[right]}
              onChange={(event) => onChange({ [right]: event.target.checked })}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </>
  );
}
