import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const videoRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/video',
    component: lazyRouteComponent(() => import('./Video.tsx'), 'Video'),
  }),
];
