import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const promotionsRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/promotions',
    component: lazyRouteComponent(() => import('./Promotions.tsx'), 'Promotions'),
  }),
];
