import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from './search.ts';

export const counterRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/counter',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./Counter.tsx'), 'Counter'),
  }),
];
