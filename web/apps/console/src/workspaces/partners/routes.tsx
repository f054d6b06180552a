import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const partnersRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/partners',
    component: lazyRouteComponent(() => import('./Partners.tsx'), 'Partners'),
  }),
];
