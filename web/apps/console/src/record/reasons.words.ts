const ofParcels: Record<string, string> = {
  OUT_OF_STOCK: 'Hết SIM trắng',
  ADDRESS_UNREACHABLE: 'Địa chỉ không giao được',
  CUSTOMER_UNREACHABLE: 'Không liên lạc được với khách',
  SUSPECTED_FRAUD: 'Nghi giả mạo',
  DUPLICATE_ORDER: 'Khách đặt trùng',
  CHANGED_MIND: 'Khách đổi ý',
  WRONG_ADDRESS: 'Khách muốn đổi cách nhận',
  WRONG_NUMBER: 'Khách muốn số khác',
  TOO_SLOW: 'Khách chờ lâu',
  CUSTOMER_REFUSED: 'Khách từ chối nhận',
  CARRIER_LOST: 'Đơn vị giao làm thất lạc',
  CARRIER_DAMAGED: 'Đơn vị giao làm hư hỏng',
  CARRIER_CANCELLED: 'Đơn vị giao hủy lấy hàng',
  USER_ERR_COMMON: 'Đơn vị giao báo thông tin đơn chưa đúng',
  CARRIER_REFUSED: 'Đơn vị giao không nhận đơn',
  COURIER_CAME_IN_VAIN: 'Bưu tá đến nhưng không lấy được',
  HOLD_EXPIRED: 'Hết hạn giữ số',
  HOLD_RELEASED: 'Số đã trả về kho',
  HOLD_LOST: 'Số đã có người khác giữ',
  ORDER_CANCELLED: 'Đơn đã hủy',
  NOT_PICKED_UP: 'Khách không đến lấy',
  NOT_DELIVERED: 'Không giao được',
  NOT_COLLECTED: 'Không thu được tiền',
};

const ofMoney: Record<string, string> = {
  AMOUNT_UNCLEAR: 'Cổng thanh toán không nói rõ số tiền',
  REFUND_REFUSED: 'Ngân hàng từ chối hoàn',
  REFUND_REFUSED_BY_BANK: 'Ngân hàng của khách từ chối',
  CASH: 'Khách trả tiền mặt',
  COD: 'Khách trả tiền mặt',
  CHANNEL: 'Kênh bán hàng đã thu',
  NOT_DUE: 'Thu thừa khi giao',
  PAID_TWICE: 'Khách trả hai lần',
  WRONG_AMOUNT: 'Trả sai số tiền',
  PAID_AFTER_CANCEL: 'Trả sau khi đơn hủy',
  COLLECTED_AFTER_CANCEL: 'Thu tiền khi đơn đã hủy',
  RETURNED: 'Hàng đã hoàn về',
  LOST: 'Thất lạc',
  DAMAGED: 'Hư hỏng',
  COURIER_KEPT_THE_PARCEL: 'Đã hủy nhưng bưu tá vẫn lấy',
  REJECTED_BY_STAFF: 'Nhân viên từ chối đơn',
};

/** A reason of an order, a parcel, a refund or a task in words; a code that has none stays a code. */
export const reasonOf = (code: string | null | undefined): string =>
  code ? (ofMoney[code] ?? ofParcels[code] ?? code) : '';
