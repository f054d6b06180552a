import type { Saying } from './problems.ts';

/** Errors of the services in words of staff: what is wrong, and what to do. */
export const problems = {
  unexpected: 'Có lỗi ngoài dự kiến. Vui lòng thử lại.',
  ourSide: 'Hệ thống đang bận. Vui lòng thử lại sau ít phút.',
  unknown: 'Không tìm thấy, hoặc không thuộc phạm vi của bạn.',
  forbidden: 'Vai trò của bạn không mở được mục này.',
  tooOften: 'Bạn thao tác quá nhanh. Vui lòng chờ một lát rồi thử lại.',
  wrong: 'Kiểm tra lại mục này.',
  bySlug: {
    offline: 'Không có kết nối mạng. Kiểm tra mạng rồi thử lại.',
    'invalid-request': 'Một vài mục chưa đúng. Xem các dòng màu đỏ.',
    'login-refused': 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
    'too-many-logins': 'Sai mật khẩu quá nhiều lần. Hãy thử lại sau ít phút.',
    'session-over': 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
    'wrong-role': 'Vai trò của bạn không mở được mục này.',
    'not-heard-yet': 'Hệ thống đang cập nhật. Vui lòng thử lại sau vài giây.',
    'busy-database': 'Hệ thống đang bận. Vui lòng thử lại sau ít phút.',
    'unknown-cursor': 'Danh sách đã thay đổi. Hãy tải lại.',
  } as Record<string, Saying>,
  /** The decisions of colleagues, as verbs. */
  decisions: {
    CONFIRM: 'xác nhận',
    REFUSE: 'từ chối',
    PASS: 'kết luận hợp lệ',
    FAIL: 'kết luận không hợp lệ',
    REOPEN: 'cho làm lại',
    RETRIED: 'cho thử lại',
    GIVEN_UP: 'bỏ qua',
    REDRIVEN: 'cho chạy lại',
    DROPPED: 'bỏ',
    STANDS: 'kết luận giữ nguyên',
    UNDONE: 'kết luận gỡ bỏ',
  } as Record<string, string>,
  byField: {} as Record<string, string>,
  byCode: {
    missing: 'Điền mục này.',
    string_too_short: 'Quá ngắn.',
    string_too_long: 'Quá dài.',
  } as Record<string, string>,
};
