import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from './search.ts';

export const ordersRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./Orders.tsx'), 'Orders'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders/refunds',
    component: lazyRouteComponent(() => import('./Refunds.tsx'), 'Refunds'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders/tasks',
    component: lazyRouteComponent(() => import('./Tasks.tsx'), 'Tasks'),
  }),
];
