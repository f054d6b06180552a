import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const journeyRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/journeys/$holdId',
    component: lazyRouteComponent(() => import('./Journey.tsx'), 'Journey'),
  }),
];
