import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { askedOf } from './accesses.ts';
import { numbersRoutes } from './numbers/routes.tsx';
import { promotionsRoutes } from './promotions/routes.tsx';
import { searchOf } from './search.ts';
import { staffRoutes } from './staff/routes.tsx';

export const oversightRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./Oversight.tsx'), 'Oversight'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/stuck',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./Stuck.tsx'), 'Stuck'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/routing',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./RoutedOrders.tsx'), 'RoutedOrders'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/events',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./DeadLetters.tsx'), 'DeadLetters'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/tasks',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./WorkLists.tsx'), 'WorkLists'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/hours',
    validateSearch: searchOf,
    component: lazyRouteComponent(() => import('./hours/OfficeHours.tsx'), 'OfficeHours'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/rules',
    component: lazyRouteComponent(() => import('./rules/CallRules.tsx'), 'CallRules'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/audit',
    validateSearch: askedOf,
    component: lazyRouteComponent(() => import('./Accesses.tsx'), 'Accesses'),
  }),
  ...staffRoutes(root),
  ...numbersRoutes(root),
  ...promotionsRoutes(root),
];
