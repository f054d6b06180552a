import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { addSource } from '../../shell/palette.ts';

addSource({
  name: 'journeys',
  search: async (query, signal) => (await import('./finding.ts')).findJourneys(query, signal),
});
addSource({
  name: 'parcels',
  roles: ['osp_staff', 'region_manager', 'admin'],
  search: async (query, signal) => (await import('./finding.ts')).findParcels(query, signal),
});

export const journeyRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/journeys/$holdId',
    component: lazyRouteComponent(() => import('./Journey.tsx'), 'Journey'),
  }),
];
