import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const reviewRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/review',
    component: lazyRouteComponent(() => import('./Review.tsx'), 'Review'),
  }),
];
