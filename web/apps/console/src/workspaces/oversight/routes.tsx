import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const oversightRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight',
    component: lazyRouteComponent(() => import('./Oversight.tsx'), 'Oversight'),
  }),
];
