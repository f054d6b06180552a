import { words } from '@chonso/i18n';

const vi = {
  title: 'Hộp thư',
  unread: 'Chưa đọc',
  unreadCount: (count: number) => (count ? `${count} tin chưa đọc` : 'Bạn đã đọc hết'),
  empty: 'Chưa có tin nào',
  emptyText: 'Tin về phiếu giữ số, đơn hàng và hòa mạng sẽ ở đây.',
  toSearch: 'Tìm một số đẹp',
  open: {
    slip: 'Xem phiếu giữ số',
    pay: 'Thanh toán lại',
    order: 'Xem đơn hàng',
    activate: 'Tiếp tục hòa mạng',
    esim: 'Mở trang cài đặt eSIM',
  },
  resetPassword: 'Đặt lại mật khẩu',
};

export const useInboxWords = words(vi, async () => (await import('./words.en.ts')).en);
export type InboxWords = typeof vi;
