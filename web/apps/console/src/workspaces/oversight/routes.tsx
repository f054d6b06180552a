import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { numbersRoutes } from './numbers/routes.tsx';
import { promotionsRoutes } from './promotions/routes.tsx';
import { staffRoutes } from './staff/routes.tsx';

export const oversightRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/oversight',
    component: lazyRouteComponent(() => import('./Oversight.tsx'), 'Oversight'),
  }),
  ...staffRoutes(root),
  ...numbersRoutes(root),
  ...promotionsRoutes(root),
];
