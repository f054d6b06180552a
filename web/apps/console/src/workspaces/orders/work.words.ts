import { reasonName } from './detail.words.ts';

/** The pages of the orders' desk. */
export const pages = [
  { name: 'Danh sách đơn', to: '/orders' },
  { name: 'Hoàn tiền bằng tay', to: '/orders/refunds' },
  { name: 'Việc bị từ chối', to: '/orders/tasks' },
] as const;

const reasons: Record<string, string> = {
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

/** A reason of this desk in words; a code that has none stays a code. */
export const reasonOf = (code: string | null | undefined): string =>
  code ? (reasons[code] ?? reasonName(code)) : '';

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

/** Words of the tasks that an outside system refused for good. */
export const taskWords = {
  title: 'Việc bị từ chối',
  pages: 'Các trang của bàn đơn hàng',
  kind: 'Việc',
  owner: 'Bên kia',
  owners: { shipping: 'Đơn vị vận chuyển', order: 'Cổng thanh toán' },
  reason: 'Lý do',
  attempts: 'Đã thử',
  region: 'Công ty',
  since: 'Chờ',
  listed: 'Bị từ chối lúc',
  kinds: {
    'book-shipment': 'Đặt bưu tá',
    'cancel-at-carrier': 'Hủy lấy hàng',
    'call-back-parcel': 'Gọi hàng về',
    'ask-carrier': 'Hỏi tình trạng kiện hàng',
    refund: 'Hoàn tiền qua ngân hàng',
    'ask-refund': 'Hỏi kết quả hoàn tiền',
    'ask-payment': 'Hỏi kết quả thanh toán',
  } as Record<string, string>,
  advice: {
    'book-shipment': 'Mở đơn, sửa nơi lấy hoặc giờ lấy rồi đặt lại ở đó; hoặc từ chối đơn.',
    'cancel-at-carrier': 'Gọi đơn vị vận chuyển. Nếu bưu tá đã lấy hàng, chờ hàng quay về.',
  } as Record<string, string>,
  lead: 'Sửa nguyên nhân ở bên kia rồi thử lại, hoặc bỏ qua việc này với một lý do.',
  open: 'Mở đơn',
  retry: 'Thử lại',
  retried: 'Đang thử lại',
  giveUp: 'Bỏ qua việc này',
  givenUp: 'Đã bỏ qua',
  giveUpTitle: 'Bỏ qua việc này?',
  giveUpLead: 'Hệ thống không thử nữa. Hãy chắc rằng việc đã được xử lý cách khác.',
  reasons: [
    { code: 'DONE_BY_HAND', name: 'Đã làm bằng tay' },
    { code: 'NOT_NEEDED', name: 'Không còn cần nữa' },
    { code: 'CANNOT_BE_DONE', name: 'Không thể làm được' },
  ],
  empty: 'Không có việc nào bị từ chối',
  emptyText: 'Việc mà đơn vị vận chuyển hoặc ngân hàng từ chối sẽ hiện ở đây.',
  close: 'Đóng chi tiết',
};
