import type { Facts, Saying } from './problems.ts';

const MINUTE = 60;

const wait = ({ retry_after_seconds: seconds }: Facts): string => {
  const left = Number(seconds) || 0;
  if (!left) return 'một lát';
  return left < 2 * MINUTE ? `${left} giây` : `${Math.ceil(left / MINUTE)} phút`;
};

/** Errors of the services in the customer's words: what is wrong, and what to do. */
export const problems = {
  unexpected: 'Có lỗi ngoài dự kiến. Vui lòng thử lại.',
  ourSide: 'Hệ thống đang bận. Vui lòng thử lại sau ít phút.',
  unknown: 'Không tìm thấy nội dung này.',
  tooOften: (facts: Facts) => `Bạn thao tác quá nhanh. Vui lòng chờ ${wait(facts)} rồi thử lại.`,
  wrong: 'Kiểm tra lại mục này.',
  bySlug: {
    offline: 'Không có kết nối mạng. Kiểm tra mạng rồi thử lại.',
    'number-taken': 'Số này vừa có người khác giữ. Hãy chọn một số khác.',
    'number-resting': 'Số này đang tạm nghỉ sau khi được trả lại. Hãy chọn một số khác.',
    'invalid-request': 'Một vài mục chưa đúng. Xem các dòng màu đỏ bên dưới.',
    'not-signed-in': 'Hãy đăng nhập để tiếp tục.',
    'not-heard-yet': 'Hệ thống đang cập nhật. Vui lòng thử lại sau vài giây.',
    'busy-database': 'Hệ thống đang bận. Vui lòng thử lại sau ít phút.',
    'unknown-cursor': 'Danh sách đã thay đổi. Hãy tải lại trang.',
    'unknown-filter': 'Danh sách đã thay đổi. Hãy tải lại trang.',
    // Account: sign-in, codes, passwords.
    'login-refused': 'Số điện thoại hoặc mật khẩu chưa đúng. Thử lại, hoặc chọn "Quên mật khẩu".',
    'too-many-logins': (facts: Facts) =>
      `Sai mật khẩu quá nhiều lần. Hãy thử lại sau ${wait(facts)}, hoặc chọn "Quên mật khẩu".`,
    'wrong-password': 'Mật khẩu hiện tại chưa đúng. Hãy nhập lại.',
    'session-over': 'Phiên đăng nhập đã hết. Hãy đăng nhập lại.',
    'wrong-role': 'Tài khoản này không dùng được ứng dụng dành cho khách hàng. Hãy đăng nhập tài khoản khác.',
    'cross-site-request': 'Yêu cầu không xuất phát từ trang này. Hãy tải lại trang rồi thử lại.',
    'otp-wrong': ({ tries_left }: Facts) =>
      tries_left
        ? `Mã chưa đúng, bạn còn ${tries_left} lần thử. Xem lại tin nhắn mới nhất.`
        : 'Mã chưa đúng và đã hết lượt thử. Hãy gửi lại mã.',
    'otp-expired': 'Mã đã hết hạn hoặc không dùng được nữa. Hãy gửi lại mã.',
    'resend-too-soon': (facts: Facts) =>
      `Tin nhắn đang trên đường tới. Bạn có thể gửi lại sau ${wait(facts)}.`,
    'too-many-codes': (facts: Facts) => `Số này đã nhận nhiều mã. Hãy thử lại sau ${wait(facts)}.`,
    'too-many-codes-from-here': (facts: Facts) =>
      `Kết nối này đã gửi quá nhiều mã. Hãy thử lại sau ${wait(facts)}.`,
    'no-such-registration': 'Lần đăng ký này đã hết hiệu lực. Hãy đăng ký lại từ đầu.',
    'already-active': 'Số này đã có tài khoản. Hãy đăng nhập.',
    'no-such-reset': 'Yêu cầu đặt lại mật khẩu đã hết hiệu lực. Hãy bắt đầu lại.',
    'reset-over': 'Đã quá thời gian đặt mật khẩu mới. Hãy bắt đầu lại.',
    'passwords-differ': 'Hai mật khẩu không giống nhau. Hãy nhập lại.',
    'no-such-challenge': 'Lần gửi mã này đã hết hiệu lực. Hãy gửi lại mã.',
    'no-such-message': 'Tin nhắn này không còn trong hộp thư của bạn.',
    // Slips found and claimed by code.
    'no-such-slip': 'Không có phiếu nào khớp mã và số điện thoại này. Kiểm tra lại từng ký tự của mã.',
    'hold-closed': 'Phiếu giữ số này đã kết thúc, không nhận được nữa. Hãy liên hệ nơi bán.',
    'too-many-attempts': (facts: Facts) => `Đã thử quá nhiều mã. Hãy thử lại sau ${wait(facts)}.`,
    'bad-slip': 'Xác nhận này đã hết hạn. Hãy làm lại bước vừa rồi.',
    'no-such-hold': 'Không tìm thấy phiếu giữ số này trong tài khoản của bạn.',
  } as Record<string, Saying>,
  byCode: {
    PHONE_INVALID: 'Nhập số di động Việt Nam, ví dụ 0901 234 567.',
    PASSWORD_INVALID: 'Mật khẩu có ký tự không gõ được. Hãy nhập lại.',
    NAME_INVALID: 'Nhập họ tên như trên giấy tờ, chỉ gồm chữ cái.',
    EMAIL_INVALID: 'Nhập một địa chỉ email, ví dụ lan@example.vn.',
    CODE_INVALID: 'Nhập đủ 6 chữ số trong tin nhắn.',
    HOLD_CODE_INVALID: 'Mã gồm GS và 12 ký tự, ví dụ GS 261102 7KM 3QX.',
  } as Record<string, string>,
  /** For mistakes to which the service gives no code of its own. */
  byField: {
    password: 'Mật khẩu cần từ 8 đến 128 ký tự.',
    current: 'Nhập mật khẩu hiện tại.',
    password_again: 'Nhập lại mật khẩu mới.',
    full_name: 'Họ tên dài tối đa 100 ký tự.',
    email: 'Địa chỉ email dài tối đa 254 ký tự.',
  } as Record<string, string>,
};
