import type { InboxWords } from './words.ts';

export const en: InboxWords = {
  title: 'Inbox',
  unread: 'Unread',
  unreadCount: (count) => (count ? `${count} unread` : 'You have read everything'),
  empty: 'No messages yet',
  emptyText: 'News about your holds, orders and connection will be here.',
  toSearch: 'Find a number',
  open: 'Open the journey of this number',
  openEsim: 'Open the eSIM code',
  resetPassword: 'Choose a new password',
};
