import { fmt } from '@chonso/i18n';
import { decidedBy, sayProblems } from '../../shell/problems.ts';

const states: Record<string, string> = {
  WAITING_PAYMENT: 'chờ thanh toán',
  PENDING: 'chờ xử lý',
  BOOKING: 'đang đặt bưu tá',
  BOOKED: 'chờ bưu tá',
  COLLECTION_FAILED: 'lấy hàng không thành công',
  READY_AT_STORE: 'chờ khách ở cửa hàng',
  WITH_CHANNEL: 'kênh đang gửi',
  DELIVERING: 'đang giao',
  DELIVERED: 'đã giao',
  CANCELLED: 'đã hủy',
  RETURNING: 'đang hoàn về',
  RETURNED: 'đã hoàn về',
};

sayProblems({
  'no-such-shipment': 'Không tìm thấy đơn này trong phạm vi của bạn.',
  'no-such-order': 'Không tìm thấy đơn này trong phạm vi của bạn.',
  'shipment-moved-on': ({ state }) =>
    `Đơn vừa đổi trạng thái: ${states[String(state)] ?? 'đã qua bước này'}. Xem lại đơn rồi làm tiếp.`,
  'not-that-way': 'Đơn này không do bưu tá giao.',
  'not-packed': 'Đóng gói và quét serial trước khi bàn giao.',
  'serial-taken': 'SIM này đã gắn với đơn khác. Lấy SIM khác.',
  'cod-above-limit': ({ most_vnd }) =>
    `Bưu tá chỉ thu hộ tối đa ${fmt.vnd(Number(most_vnd))}. Mời khách trả trực tuyến, hoặc từ chối đơn.`,
  'too-early': 'Chọn giờ lấy hàng chưa qua.',
  'too-many-to-export': ({ rows, most }) =>
    `Danh sách có ${fmt.count(Number(rows))} đơn, tệp chứa tối đa ${fmt.count(Number(most))}. Hãy lọc bớt.`,
  'wrong-amount': ({ due_vnd }) => `Số tiền phải thu là ${fmt.vnd(Number(due_vnd))}.`,
  'order-is-over': 'Đơn đã hủy hoặc đã hòa mạng, không chuyển được nữa.',
  'no-call-team': 'Công ty này chưa có tổ gọi video. Chọn công ty khác.',
  'refund-not-by-hand': (facts) =>
    facts.decided_by
      ? `Khoản này đã được ${decidedBy(facts, 'chuyển')}, mã ${facts.bank_reference}.`
      : 'Khoản này không cần chuyển tay.',
});
