import type { Service } from './services.ts';

const services: Record<Service, string> = {
  identity: 'Tài khoản',
  catalog: 'Kho số',
  hold: 'Giữ số',
  order: 'Đơn hàng',
  shipping: 'Giao nhận',
  kyc: 'Định danh',
  videocall: 'Gọi video',
  activation: 'Đấu nối',
  notification: 'Thông báo',
};

/** Words of lists. */
export const words = {
  loading: 'Đang tải danh sách',
  tickAll: 'Chọn tất cả',
  tick: (name: string) => `Chọn ${name}`,
  views: 'Bộ lọc đã lưu',
  saveView: 'Lưu bộ lọc này',
  viewName: 'Tên bộ lọc',
  save: 'Lưu',
  forgetView: (name: string) => `Xóa bộ lọc ${name}`,
  noViews: 'Chưa có bộ lọc nào được lưu',
  all: 'Tất cả',
  clear: 'Xóa lọc',
  detail: 'Chi tiết',
  close: 'Đóng chi tiết',
  services,
  service: 'Dịch vụ',
  allServices: 'Mọi dịch vụ',
  partial: (names: string) => `Chưa đọc được: ${names}. Danh sách còn thiếu.`,
  nothingRead: 'Chưa đọc đủ để biết có gì ở đây',
};
