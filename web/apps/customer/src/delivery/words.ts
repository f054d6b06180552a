import { words } from '@chonso/i18n';

const vi = {
  title: 'Cách nhận SIM',
  lead: 'Bạn có thể đổi cho đến khi nhân viên xác nhận đơn.',
  how: 'Nhận SIM bằng cách nào',
  home: 'Giao tận nhà',
  homeText: 'Bưu tá mang SIM đến địa chỉ của bạn',
  store: 'Nhận tại cửa hàng',
  storeText: 'Không mất phí giao, mang theo mã giữ số',
  pickOne: 'Chọn giao tận nhà hoặc nhận tại cửa hàng.',
  recipient: 'Người nhận',
  phone: 'Số điện thoại người nhận',
  street: 'Số nhà, tên đường, thôn xóm',
  note: 'Ghi chú cho bưu tá (nếu có)',
  stores: 'Cửa hàng gần bạn',
  near: 'Tìm cửa hàng ở',
  hours: (opens: string, closes: string) => `${opens} đến ${closes}`,
  openNow: 'Đang mở',
  closedNow: 'Đã đóng cửa',
  more: (count: number) => `Xem thêm ${count} cửa hàng`,
  noneHere: 'Chưa có cửa hàng ở tỉnh này. Dưới đây là các cửa hàng khác.',
  none: 'Hiện chưa có cửa hàng nào nhận giao SIM',
  pickStore: 'Chọn một cửa hàng.',
  next: 'Tiếp tục thanh toán',
  save: 'Lưu cách nhận',
  saved: 'Đã lưu cách nhận SIM',
  notNeeded: 'SIM này không cần chọn cách nhận',
  notNeededText: 'eSIM được gửi qua email sau khi hòa mạng.',
  toSlip: 'Xem phiếu giữ số',
};

export const useDeliveryWords = words(vi, async () => (await import('./words.en.ts')).en);
export type DeliveryWords = typeof vi;
