import { words } from '@chonso/i18n';

const vi = {
  title: 'Hộp thư',
  unread: 'Chưa đọc',
  unreadCount: (count: number) => (count ? `${count} tin chưa đọc` : 'Bạn đã đọc hết'),
  empty: 'Chưa có tin nào',
  emptyText: 'Tin về phiếu giữ số, đơn hàng và hòa mạng sẽ ở đây.',
  toSearch: 'Tìm một số đẹp',
  open: 'Mở hành trình của số này',
  openEsim: 'Mở mã eSIM',
  resetPassword: 'Đặt lại mật khẩu',
};

export const useInboxWords = words(vi, async () => (await import('./words.en.ts')).en);
export type InboxWords = typeof vi;
