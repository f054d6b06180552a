import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { addSource } from '../../shell/palette.ts';

addSource({
  name: 'channels',
  roles: ['partner_manager', 'admin'],
  search: async (query, signal) => (await import('./finding.ts')).findChannels(query, signal),
});

export type ChannelSearch = { tab?: 'webhooks' | 'events'; webhook?: string; event?: number };

const tabOf = (search: Record<string, unknown>): ChannelSearch['tab'] =>
  search.tab === 'webhooks' || search.tab === 'events' ? search.tab : undefined;

export const partnersRoutes = (root: AnyRoute) => [
  createRoute({
    getParentRoute: () => root,
    path: '/partners',
    validateSearch: (search: Record<string, unknown>): { days?: number } =>
      Number(search.days) > 0 ? { days: Number(search.days) } : {},
    component: lazyRouteComponent(() => import('./Partners.tsx'), 'Partners'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/partners/$partnerId',
    validateSearch: (search: Record<string, unknown>): ChannelSearch => {
      const tab = tabOf(search);
      return {
        ...(tab && { tab }),
        ...(typeof search.webhook === 'string' && { webhook: search.webhook }),
        ...(Number(search.event) > 0 && { event: Number(search.event) }),
      };
    },
    component: lazyRouteComponent(() => import('./ChannelPage.tsx'), 'ChannelPage'),
  }),
];
