import { Field } from '@chonso/ui';
import { REGIONS } from '../../../record/regions.ts';
import type { Member, Role } from './members.ts';
import { words } from './words.ts';

export type DutiesOf = Pick<Member, 'roles' | 'regions' | 'shop_code'>;

type Props = { duties: DutiesOf; onChange: (change: Partial<DutiesOf>) => void; disabled?: boolean };

const toggled = <V,>(values: readonly V[], value: V): V[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value];

/** Roles, regions and shop of a member of staff. */
export function DutiesForm({ duties, onChange, disabled }: Props) {
  return (
    <>
      <fieldset className="field" disabled={disabled}>
        <legend>{words.duties}</legend>
        <div className="ticks">
          {(Object.entries(words.roles) as [Role, string][]).map(([role, name]) => (
            <label key={role}>
              <input
                type="checkbox"
                checked={duties.roles.includes(role)}
                onChange={() => onChange({ roles: toggled(duties.roles, role) })}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="field" disabled={disabled}>
        <legend>{words.regions}</legend>
        <div className="regions">
          {REGIONS.map((region) => (
            <label key={region} className="chip">
              <input
                type="checkbox"
                className="sr"
                checked={duties.regions.includes(region)}
                onChange={() => onChange({ regions: toggled(duties.regions, region) })}
              />
              {region}
            </label>
          ))}
        </div>
        <p className="field-hint">{words.regionsHint}</p>
      </fieldset>
      {duties.roles.includes('store_staff') && (
        <Field
          label={words.shop}
          hint={words.shopHint}
          value={duties.shop_code ?? ''}
          required
          disabled={disabled}
          maxLength={16}
          onChange={(event) => onChange({ shop_code: event.target.value.toUpperCase() || null })}
        />
      )}
    </>
  );
}
