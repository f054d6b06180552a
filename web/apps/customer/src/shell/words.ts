import { words } from '@chonso/i18n';

const vi = {
  brand: 'Chọn Số',
  back: 'Quay lại',
  close: 'Đóng',
  retry: 'Thử lại',
  loading: 'Đang tải',
  offline: 'Không có mạng. Nội dung trên màn hình có thể đã cũ.',
  newVersion: 'Đã có phiên bản mới.',
  reload: 'Tải lại',
  lost: 'Không tìm thấy trang này',
  lostText: 'Liên kết có thể đã cũ hoặc bị gõ sai.',
  toSearch: 'Về trang tìm số',
  signedOut: 'Phiên đăng nhập đã hết. Đăng nhập lại để tiếp tục, những gì bạn đã nhập vẫn còn.',
  stale: (at: string) => `Chưa cập nhật được. Đây là nội dung lúc ${at}.`,
  more: 'Xem thêm',
  unread: (count: number) => `${count} tin chưa đọc`,
  copied: 'Đã sao chép',
  language: { code: 'EN', text: 'Switch to English' },
  nav: {
    label: 'Các mục chính',
    search: 'Tìm số',
    holds: 'Phiếu giữ',
    orders: 'Đơn hàng',
    plans: 'Gói cước',
    account: 'Tài khoản',
  },
};

export const useShellWords = words(vi, async () => (await import('./words.en.ts')).en);
export type ShellWords = typeof vi;
