import { api, type Schemas, send } from '@chonso/api';
import { type Locale, useLocale } from '@chonso/i18n';
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { UNREAD } from '../shell/unread.ts';

export type Message = Schemas['notification.InboxItem'];
type InboxPage = Schemas['notification.InboxPage'];
type Inbox = InfiniteData<InboxPage, string | null>;

const PAGE = 20;
const FRESH_MS = 15_000;

const key = (locale: Locale) => ['inbox', 'messages', locale] as const;

/** What the person was told, newest first, in the language of the page (F5a.15, F5b.16). */
export function useInbox(enabled: boolean) {
  const locale = useLocale();
  return useInfiniteQuery({
    queryKey: key(locale),
    enabled,
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    refetchInterval: FRESH_MS,
    queryFn: ({ pageParam, signal }) =>
      send(
        api.GET('/api/notification/v1/me/inbox', {
          signal,
          params: { query: { limit: PAGE, locale, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Take a message off the unread count, on the screen at once; repeated, it changes nothing. */
export async function markRead(client: QueryClient, locale: Locale, message: Message): Promise<void> {
  if (message.read_at) return;
  const read_at = new Date().toISOString();
  client.setQueryData<Inbox>(key(locale), (inbox) => inbox && withRead(inbox, message.id, read_at));
  client.setQueryData<number>(UNREAD, (count) => count && count - 1);
  await send(
    api.POST('/api/notification/v1/me/inbox/{message_id}/read', {
      params: { path: { message_id: message.id } },
    }),
  ).catch(() => client.invalidateQueries({ queryKey: ['inbox'] }));
}

const withRead = (inbox: Inbox, id: string, read_at: string): Inbox => ({
  ...inbox,
  pages: inbox.pages.map((page) => ({
    ...page,
    unread: Math.max(0, page.unread - 1),
    items: page.items.map((item) => (item.id === id ? { ...item, read_at } : item)),
  })),
});

/** The page of the app that a message leads to, by its address. */
export function pageOf(link: string): 'slip' | 'pay' | 'order' | 'activate' | 'esim' {
  if (link.endsWith('/pay')) return 'pay';
  if (link.startsWith('/orders/')) return 'order';
  if (link.startsWith('/activate/')) return 'activate';
  return link.startsWith('/esim/') ? 'esim' : 'slip';
}
