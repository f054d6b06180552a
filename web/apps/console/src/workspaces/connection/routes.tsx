import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const connectionRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/connection',
    validateSearch: (search): Record<string, unknown> => search,
    component: lazyRouteComponent(() => import('./Connection.tsx'), 'Connection'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/connection/$holdId',
    component: lazyRouteComponent(() => import('./Desk.tsx'), 'Desk'),
  }),
];
