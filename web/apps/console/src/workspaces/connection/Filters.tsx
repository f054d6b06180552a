import { REGIONS } from '../../record/regions.ts';
import { useMe } from '../../shell/session.ts';
import type { Dossier, ListSearch } from './dossiers.ts';
import { words } from './words.ts';

const SIMS = ['PHYSICAL', 'ESIM'] as const;

type Props = { search: ListSearch; onFilter: (change: Partial<ListSearch>) => void };

/** The filters of the lists; they stand in the address. A person of one region chooses none. */
export function Filters({ search, onFilter }: Props) {
  const { regions } = useMe();
  const offered = regions.length ? REGIONS.filter((region) => regions.includes(region)) : REGIONS;
  return (
    <div className="filters">
      <select
        aria-label={words.columns.sim}
        className={search.sim ? 'is-set' : undefined}
        value={search.sim ?? ''}
        onChange={({ target }) =>
          onFilter({ sim: (target.value || undefined) as Dossier['sim'] | undefined })
        }
      >
        <option value="">{words.anySim}</option>
        {SIMS.map((sim) => (
          <option key={sim} value={sim}>
            {words.sims[sim]}
          </option>
        ))}
      </select>
      {offered.length > 1 && (
        <select
          aria-label={words.columns.region}
          className={search.region ? 'is-set' : undefined}
          value={search.region ?? ''}
          onChange={({ target }) => onFilter({ region: (target.value || undefined) as ListSearch['region'] })}
        >
          <option value="">{words.anyRegion}</option>
          {offered.map((region) => (
            <option key={region} value={region}>
              {region}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
