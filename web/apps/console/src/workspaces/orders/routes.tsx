import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const ordersRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    component: lazyRouteComponent(() => import('./Orders.tsx'), 'Orders'),
  }),
];
