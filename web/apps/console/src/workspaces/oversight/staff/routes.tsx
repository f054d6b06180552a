import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { addSource } from '../../../shell/palette.ts';

addSource({
  name: 'staff',
  roles: ['admin'],
  search: async (query, signal) => (await import('./finding.ts')).findMembers(query, signal),
});

export type StaffSearch = {
  q?: string;
  role?: string;
  region?: string;
  state?: 'gone' | 'here';
  who?: string;
};

const NAMES = ['q', 'role', 'region', 'who'] as const;

export const staffRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight/staff',
    validateSearch: (search: Record<string, unknown>): StaffSearch => ({
      ...Object.fromEntries(
        NAMES.flatMap((name) =>
          typeof search[name] === 'string' && search[name] ? [[name, search[name]]] : [],
        ),
      ),
      ...((search.state === 'gone' || search.state === 'here') && { state: search.state }),
    }),
    component: lazyRouteComponent(() => import('./Staff.tsx'), 'Staff'),
  }),
];
