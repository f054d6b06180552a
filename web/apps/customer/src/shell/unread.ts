import { api, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMe } from './session.ts';

export const UNREAD = ['inbox', 'unread'] as const;

/** The number of messages that the person has not read, kept fresh. */
export function useUnread(): number {
  const me = useMe();
  const { data } = useLive({
    key: UNREAD,
    enabled: !!me,
    read: async (signal) => {
      const page = await send(
        api.GET('/api/notification/v1/me/inbox', { signal, params: { query: { limit: 1 } } }),
      );
      return page.unread;
    },
  });
  return (me && data) || 0;
}
