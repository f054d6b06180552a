import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

export type Webhook = Schemas['hold.Endpoint'];
export type Attempt = Schemas['hold.Attempt'];
export type FeedEvent = Schemas['hold.FeedEvent'];

const LOG = 50;

const keys = {
  all: (partnerId: string) => ['webhooks', partnerId] as const,
  log: (partnerId: string, id: string) => ['webhooks', partnerId, id, 'log'] as const,
};

/** A webhook that has failed, or has something to push just now, is read every two seconds. */
const isMoving = (data: { items: Webhook[] } | undefined): boolean =>
  !!data?.items.some(({ state, failures }) => state === 'ACTIVE' && failures > 0);

export const useWebhooks = (partnerId: string) =>
  useLive({
    key: keys.all(partnerId),
    read: (signal) =>
      send(
        api.GET('/api/hold/v1/staff/channels/{partner_id}/webhooks', {
          params: { path: { partner_id: partnerId } },
          signal,
        }),
      ),
    moving: isMoving,
  });

export const useDeliveries = (partnerId: string, webhookId: string) =>
  useLive({
    key: keys.log(partnerId, webhookId),
    read: (signal) =>
      send(
        api.GET('/api/hold/v1/staff/channels/{partner_id}/webhooks/{webhook_id}/deliveries', {
          params: { path: { partner_id: partnerId, webhook_id: webhookId }, query: { limit: LOG } },
          signal,
        }),
      ),
    moving: () => true,
  });

/** A part of a channel's list of events; without a number, its end. */
export const useFeed = (partnerId: string, after: number | null) =>
  useQuery({
    queryKey: ['channel-feed', partnerId, after],
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/hold/v1/staff/channels/{partner_id}/hold-events', {
          params: {
            path: { partner_id: partnerId },
            query: { limit: LOG, ...(after !== null && { after }) },
          },
          signal,
        }),
      ),
  });

const reread = (client: QueryClient, partnerId: string) =>
  client.invalidateQueries({ queryKey: keys.all(partnerId) });

export function useCreateWebhook(partnerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (url: string) =>
      send(
        api.POST('/api/hold/v1/staff/channels/{partner_id}/webhooks', {
          params: { path: { partner_id: partnerId } },
          body: { url },
        }),
      ),
    onSuccess: () => reread(client, partnerId),
  });
}

/** What can be done with one webhook: new secret, push again, try it, stop or enable it. */
export function useWebhook(partnerId: string, webhookId: string) {
  const client = useQueryClient();
  const params = { path: { partner_id: partnerId, webhook_id: webhookId } };
  const onSuccess = () => reread(client, partnerId);
  return {
    rotate: useMutation({
      mutationFn: () =>
        send(api.POST('/api/hold/v1/staff/channels/{partner_id}/webhooks/{webhook_id}/rotate', { params })),
      onSuccess,
    }),
    replay: useMutation({
      mutationFn: (after: number) =>
        send(
          api.POST('/api/hold/v1/staff/channels/{partner_id}/webhooks/{webhook_id}/replay', {
            params,
            body: { after },
          }),
        ),
      onSuccess,
    }),
    ping: useMutation({
      mutationFn: () =>
        send(api.POST('/api/hold/v1/staff/channels/{partner_id}/webhooks/{webhook_id}/ping', { params })),
    }),
    enable: useMutation({
      mutationFn: (enabled: boolean) =>
        send(
          api.PATCH('/api/hold/v1/staff/channels/{partner_id}/webhooks/{webhook_id}', {
            params,
            body: { enabled },
          }),
        ),
      onSuccess,
    }),
  };
}
