import type { InboxWords } from './words.ts';

export const en: InboxWords = {
  title: 'Inbox',
  unread: 'Unread',
  unreadCount: (count) => (count ? `${count} unread` : 'You have read everything'),
  empty: 'No messages yet',
  emptyText: 'News about your holds, orders and connection will be here.',
  toSearch: 'Find a number',
  open: {
    slip: 'Show the hold slip',
    pay: 'Pay again',
    order: 'Show the order',
    activate: 'Go on with the activation',
    esim: 'Open the eSIM page',
  },
  resetPassword: 'Choose a new password',
};
