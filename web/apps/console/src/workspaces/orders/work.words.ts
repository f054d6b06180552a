/** Words that the other lists of the orders' desk share. */
export const words = {
  pages: 'Các trang của bàn đơn hàng',
  orders: 'Danh sách đơn',
  refunds: 'Hoàn tiền bằng tay',
  cash: 'Tiền thu hộ',
  tasks: 'Việc bị từ chối',
};

/** The pages of the orders' desk. */
export const pages = [
  { name: words.orders, to: '/orders' },
  { name: words.refunds, to: '/orders/refunds' },
  { name: words.cash, to: '/orders/cash' },
  { name: words.tasks, to: '/orders/tasks' },
] as const;

/** Words of the refunds that a person transfers. */
export const refundWords = {
  title: 'Hoàn tiền bằng tay',
  pages: 'Các trang của bàn đơn hàng',
  code: 'Đơn',
  amount: 'Số tiền',
  method: 'Khách đã trả',
  methods: { ONLINE: 'Trực tuyến', COD: 'Tiền mặt khi nhận', CHANNEL: 'Ở kênh bán hàng' },
  reason: 'Vì sao hoàn',
  because: 'Vì sao bằng tay',
  region: 'Công ty',
  since: 'Chờ',
  requested: 'Yêu cầu lúc',
  gateway: 'Mã ở cổng trả',
  row: (code: string, amount: string) => `Hoàn ${amount} cho đơn ${code}`,
  empty: 'Không có khoản nào phải chuyển tay',
  emptyText: 'Khoản mà ngân hàng không tự hoàn được sẽ hiện ở đây.',
  lead: 'Chuyển khoản cho khách, rồi ghi mã tham chiếu trên biên lai.',
  lookFirst:
    'Tra mã ở cổng thanh toán trước: tiền có thể đã về. Nếu chưa, chuyển khoản rồi ghi mã tham chiếu.',
  journey: 'Xem hành trình',
  reference: 'Mã tham chiếu của ngân hàng',
  referenceHint: 'Như trên biên lai, 4 đến 64 ký tự.',
  referenceWrong: 'Mã có 4 đến 64 chữ, số, dấu chấm, gạch chéo hoặc gạch ngang.',
  confirm: 'Ghi là đã chuyển',
  done: 'Đã ghi khoản hoàn của đơn',
  close: 'Đóng chi tiết',
};

/** Words of the delivered parcels whose cash no carrier has reported. */
export const cashWords = {
  title: 'Tiền thu hộ chưa báo',
  code: 'Đơn',
  number: 'Số thuê bao',
  carrier: 'Đơn vị giao',
  tracking: 'Mã vận đơn',
  region: 'Công ty',
  due: 'Phải thu',
  open: 'Chưa báo',
  delivered: 'Giao lúc',
  since: 'Đã qua',
  parcels: 'Kiện hàng',
  sum: 'Tổng tiền',
  row: (code: string, amount: string) => `Đơn ${code}, ${amount} chưa báo thu`,
  lead: 'Đơn đã giao nhưng đơn vị giao chưa báo thu đủ tiền. Gọi cho họ và đọc mã vận đơn.',
  openOrder: 'Mở đơn',
  copy: 'Chép mã vận đơn',
  copied: 'Đã chép mã vận đơn',
  empty: 'Không có khoản thu hộ nào chưa báo',
  emptyText: 'Đơn đã giao mà đơn vị giao chưa báo thu tiền sẽ hiện ở đây.',
};
