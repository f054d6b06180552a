import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../lists/pages.ts';

export type Channel = Schemas['identity.PartnerView'];
export type NewChannel = Schemas['identity.RegisterPartner'];
export type ChannelChange = Schemas['identity.ChangePartner'];
export type Stages = Schemas['hold.Stages'];
export type Funnel = Schemas['hold.Funnel'];

const PAGE = 100;
const DAY_MS = 86_400_000;

/** The channels that this manager looks after, those with a text in name or code first to last. */
export const useChannels = (q: string) =>
  usePages<Channel>({
    key: ['channels', q],
    read: (after, signal) =>
      send(
        api.GET('/api/identity/v1/partners', {
          params: { query: { limit: PAGE, ...(after && { after }), ...(q && { q }) } },
          signal,
        }),
      ),
  });

export const useChannel = (partnerId: string) =>
  useLive({
    key: ['channel', partnerId],
    read: (signal) =>
      send(
        api.GET('/api/identity/v1/partners/{partner_id}', {
          params: { path: { partner_id: partnerId } },
          signal,
        }),
      ),
  });

const asDate = (moment: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(moment);

/** The funnels of all channels over the last days, today included. */
export const useFunnels = (days: number) =>
  useLive({
    key: ['funnels', days],
    read: (signal) => {
      const from = asDate(new Date(Date.now() - (days - 1) * DAY_MS));
      return send(api.GET('/api/hold/v1/staff/funnels', { params: { query: { from } }, signal }));
    },
  });

/** Register a channel; the answer shows its secret, this once. */
export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewChannel) => send(api.POST('/api/identity/v1/partners', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
}

/** Change the terms of a channel, open or close it, or give it a new secret. */
export function useChangeChannel(partnerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChannelChange) =>
      send(
        api.PATCH('/api/identity/v1/partners/{partner_id}', {
          params: { path: { partner_id: partnerId } },
          body,
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['channel', partnerId] });
      await client.invalidateQueries({ queryKey: ['channels'] });
    },
  });
}
