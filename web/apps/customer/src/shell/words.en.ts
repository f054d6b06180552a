import type { ShellWords } from './words.ts';

export const en: ShellWords = {
  brand: 'Chọn Số',
  back: 'Back',
  close: 'Close',
  retry: 'Try again',
  loading: 'Loading',
  offline: 'You are offline. This screen may be out of date.',
  newVersion: 'A new version is ready.',
  reload: 'Reload',
  lost: 'There is no such page',
  lostText: 'The link may be old or mistyped.',
  toSearch: 'Search numbers',
  signedOut: 'Your sign-in has ended. Sign in again to continue; what you typed is still here.',
  stale: (at) => `This could not be updated. It is from ${at}.`,
  more: 'Show more',
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  copied: 'Copied',
  language: { code: 'VI', text: 'Chuyển sang tiếng Việt' },
  nav: {
    label: 'Main places',
    search: 'Search',
    holds: 'Holds',
    orders: 'Orders',
    plans: 'Plans',
    account: 'Account',
  },
};
