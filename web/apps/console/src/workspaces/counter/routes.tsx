import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const counterRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/counter',
    component: lazyRouteComponent(() => import('./Counter.tsx'), 'Counter'),
  }),
];
