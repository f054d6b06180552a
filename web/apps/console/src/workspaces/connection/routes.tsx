import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const connectionRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/connection',
    component: lazyRouteComponent(() => import('./Connection.tsx'), 'Connection'),
  }),
];
