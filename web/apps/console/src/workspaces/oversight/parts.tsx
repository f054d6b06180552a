import { useNavigate, useSearch } from '@tanstack/react-router';
import { REGIONS } from '../../record/regions.ts';
import type { OversightSearch } from './search.ts';

/** The address of an oversight page, and a function that changes it. */
export function useOversightSearch(): [OversightSearch, (change: Partial<OversightSearch>) => void] {
  const search = useSearch({ strict: false }) as OversightSearch;
  const navigate = useNavigate();
  return [
    search,
    (change) =>
      void navigate({ to: '.', search: { ...search, ...change } as never, replace: 'id' in change }),
  ];
}

export const REGION_OPTIONS = REGIONS.map((region) => [region, region] as const);
