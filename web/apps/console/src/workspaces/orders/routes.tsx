import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { idOf, searchOf, workOf } from './search.ts';

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
    path: '/orders/cash',
    validateSearch: idOf,
    component: lazyRouteComponent(() => import('./Cash.tsx'), 'Cash'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders/tasks',
    validateSearch: workOf,
    component: lazyRouteComponent(() => import('./Tasks.tsx'), 'Tasks'),
  }),
];
