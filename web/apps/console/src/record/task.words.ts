/** Words of the tasks that an outside system refused for good, or that are still tried. */
export const words = {
  label: 'Việc cần người xem',
  states: { LISTED: 'Cần người xem', FAILING: 'Đang tự thử lại' },
  state: 'Tình trạng',
  kind: 'Việc',
  reason: 'Lý do',
  attempts: 'Đã thử',
  region: 'Công ty',
  since: 'Chờ',
  listed: 'Bị từ chối lúc',
  nextTry: 'Thử lại lúc',
  ref: 'Của dòng',
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
  leadFailing: 'Hệ thống còn tự thử lại việc này; chưa cần làm gì.',
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
  empty: 'Không có việc nào chờ người',
  emptyText: 'Việc mà bên ngoài từ chối hẳn sẽ hiện ở đây.',
  problems: {
    'no-such-task': 'Việc này không còn trong danh sách của bạn.',
    'not-listed': 'Việc này không còn chờ người: đã xong hoặc hệ thống đang tự thử lại.',
  },
};

/** The name of a kind of task; a new one is shown as it is. */
export const kindOf = ({ kind }: { kind: string }): string => words.kinds[kind] ?? kind;
