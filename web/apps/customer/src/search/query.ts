import type { Schemas } from '@chonso/api';
import type { Cells } from './mask.ts';

export type PriceClass = string;
export type Region = NonNullable<Schemas['catalog.NumberView']['stock_region']>;
/** `nice` is the catalogue's dearest first; without any condition a mix of nice numbers that most can pay. */
export type Sort = 'nice' | 'price' | 'number';

/** A search as the address says it, so that a link, a reload and the back button find it again. */
export type Query = {
  cells: Cells;
  classes: PriceClass[];
  prefix: string;
  region: Region | '';
  min: number | null;
  max: number | null;
  sort: Sort;
};

const amount = (text: string | null): number | null =>
  text && /^\d{1,12}$/.test(text) ? Number(text) : null;

/** Read a search out of an address. */
export function queryOf(params: URLSearchParams): Query {
  return {
    cells: params.get('so') ?? '',
    classes: params.getAll('dang'),
    prefix: params.get('dau') ?? '',
    region: (params.get('kv') ?? '') as Region | '',
    min: amount(params.get('tu')),
    max: amount(params.get('den')),
    sort: (params.get('sap') as Sort | null) ?? 'nice',
  };
}

/** Write a search into an address: `/?so=09??868`. */
export function addressOf(query: Query): string {
  const params = new URLSearchParams();
  if (query.cells) params.set('so', query.cells);
  for (const code of query.classes) params.append('dang', code);
  if (query.prefix) params.set('dau', query.prefix);
  if (query.region) params.set('kv', query.region);
  if (query.min !== null) params.set('tu', String(query.min));
  if (query.max !== null) params.set('den', String(query.max));
  if (query.sort !== 'nice') params.set('sap', query.sort);
  const text = params.toString();
  return text ? `/?${text}` : '/';
}

/** How many filters are set besides the digits. */
export const filtersIn = (query: Query): number =>
  [query.classes.length, query.prefix, query.region, query.min !== null || query.max !== null].filter(Boolean)
    .length;

/** Tell whether nothing is asked for: the first look at the app. */
export const isOpen = (query: Query): boolean =>
  !query.cells && filtersIn(query) === 0 && query.sort === 'nice';
