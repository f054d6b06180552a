import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

const screen = (name: 'Start' | 'Cases' | 'Stores' | 'Audits' | 'Playback') =>
  lazyRouteComponent(() => import('./Review.tsx'), name);

export const reviewRoutes = (root: AnyRoute) => [
  createRoute({ getParentRoute: () => root, path: '/review', component: screen('Start') }),
  createRoute({ getParentRoute: () => root, path: '/review/cases', component: screen('Cases') }),
  createRoute({ getParentRoute: () => root, path: '/review/stores', component: screen('Stores') }),
  createRoute({ getParentRoute: () => root, path: '/review/audits', component: screen('Audits') }),
  createRoute({ getParentRoute: () => root, path: '/review/calls/$callId', component: screen('Playback') }),
];
