import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export type StockSearch = { mask?: string; status?: string; region?: string; number?: string };

const NAMES = ['mask', 'status', 'region', 'number'] as const;

export const numbersRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/numbers',
    // A mask of digits alone would be read as a number: it is text.
    validateSearch: (search: Record<string, unknown>): StockSearch =>
      Object.fromEntries(
        NAMES.flatMap((name) => {
          const value = search[name];
          return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
        }),
      ),
    component: lazyRouteComponent(() => import('./Numbers.tsx'), 'Numbers'),
  }),
];
