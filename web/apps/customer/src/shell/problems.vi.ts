import { fmt } from '@chonso/i18n';
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
    'held-otherwise':
      'Bạn đang giữ số này với lựa chọn khác. Mở phiếu của bạn để làm tiếp, hoặc trả số rồi giữ lại.',
    'locked-too-often': 'Số này đã được giữ rồi trả nhiều lần. Hãy chọn một số khác.',
    'no-registration': 'Chưa có thông tin người đứng tên. Hãy điền thông tin thuê bao trước.',
    'not-text': 'Có ký tự không lưu được. Hãy gõ lại mục vừa dán.',
    'no-such-hold': 'Không tìm thấy phiếu giữ số này trong tài khoản của bạn.',
    // Holding, delivery, payment, orders.
    'too-many-holds': ({ limit }: Facts) =>
      `Bạn đang giữ ${limit} số, mức tối đa cho mỗi người. Trả bớt một số trong mục Phiếu giữ rồi thử lại.`,
    'number-not-on-sale': 'Số này không còn bán nữa. Hãy chọn một số khác.',
    'registration-invalid': 'Một vài mục chưa đúng. Xem các dòng màu đỏ bên trên.',
    'already-extended': 'Thời gian điền thông tin chỉ được thêm một lần.',
    'hold-is-paid': 'Số này đã được đặt hàng nên không trả lại được. Hãy hủy đơn hàng.',
    'hold-not-open': 'Phiếu này không còn chờ thanh toán: hết giờ giữ, đã trả số hoặc đã đặt hàng.',
    'hold-is-over': 'Phiếu này đã kết thúc. Hãy tìm và giữ lại số.',
    'nothing-to-deliver': 'SIM này không cần chọn cách nhận: đây là eSIM hoặc kênh bán hàng tự giao.',
    'delivery-settled': 'Đơn đã được xử lý nên không đổi được cách nhận này nữa.',
    'unknown-store': 'Cửa hàng này không còn trong danh sách. Hãy chọn cửa hàng khác.',
    'no-such-delivery': 'Bạn chưa chọn cách nhận SIM.',
    'no-such-shipment': 'Đơn này chưa có SIM cần giao.',
    'order-exists': 'Số này đã có đơn hàng. Hãy xem đơn hàng đó.',
    'key-of-another-request': 'Yêu cầu trước của bạn đã được ghi nhận. Hãy tải lại trang để xem.',
    'price-changed': 'Giá vừa thay đổi. Xem lại giá mới rồi xác nhận.',
    'promotion-not-confirmed': 'Khuyến mại của số này vừa thay đổi. Xem lại rồi xác nhận.',
    'online-only': 'eSIM chỉ thanh toán trực tuyến.',
    'email-required': 'eSIM cần địa chỉ email để gửi mã QR. Hãy bổ sung email ở thông tin thuê bao.',
    'delivery-required': 'Hãy chọn cách nhận SIM trước khi đặt hàng.',
    'too-much-on-receipt': ({ limit_vnd }: Facts) =>
      `Đơn trên ${fmt.vnd(Number(limit_vnd))} chỉ thanh toán trực tuyến.`,
    'nothing-to-pay': 'Đơn này không còn chờ thanh toán.',
    'no-such-order': 'Không tìm thấy đơn hàng này trong tài khoản của bạn.',
    'cannot-cancel': ({ advice_vi }: Facts) => String(advice_vi),
    'gateway-away': 'Cổng thanh toán chưa trả lời. Vui lòng thử lại sau ít phút.',
    // Signing.
    'declaration-outdated': 'Thông tin đã thay đổi sau khi bạn mở trang. Hãy đọc lại rồi ký.',
    'consent-missing': 'Hãy đánh dấu đồng ý với hợp đồng và việc xác thực thông tin.',
    'not-a-signature': 'Chữ ký chưa rõ. Hãy xóa và ký lại bằng nét dài hơn.',
    'phone-proof-used': 'Mã này đã dùng cho một lần ký khác. Hãy nhận mã mới.',
  } as Record<string, Saying>,
  byCode: {
    PHONE_INVALID: 'Nhập số di động Việt Nam, ví dụ 0901 234 567.',
    PASSWORD_INVALID: 'Mật khẩu có ký tự không gõ được. Hãy nhập lại.',
    NAME_INVALID: 'Nhập họ tên như trên giấy tờ, chỉ gồm chữ cái.',
    EMAIL_INVALID: 'Nhập một địa chỉ email, ví dụ lan@example.vn.',
    CODE_INVALID: 'Nhập đủ 6 chữ số trong tin nhắn.',
    HOLD_CODE_INVALID: 'Mã gồm GS và 12 ký tự, ví dụ GS 261102 7KM 3QD.',
    // Subscriber, address, invoice.
    REQUIRED: 'Nhập mục này.',
    DATE_INVALID: 'Nhập ngày sinh theo ngày/tháng/năm, ví dụ 05/09/1990.',
    AGE_UNDER_15: 'Người đứng tên chưa đủ tuổi để tự đăng ký. Hãy đến cửa hàng cùng người giám hộ.',
    SEX_INVALID: 'Chọn Nam hoặc Nữ.',
    ID_NUMBER_INVALID: 'Nhập đủ 12 chữ số trên căn cước.',
    ID_NUMBER_MISMATCH: 'Số căn cước không khớp ngày sinh hoặc giới tính. Kiểm tra lại cả ba mục.',
    IN_PERSON_REQUIRED: 'Khách nước ngoài đăng ký tại cửa hàng.',
    NATIONALITY_INVALID: 'Kiểm tra lại quốc tịch.',
    EMAIL_REQUIRED: 'Nhập email: mã QR eSIM được gửi tới đây.',
    ADDRESS_INVALID: 'Nhập địa chỉ từ 5 đến 200 ký tự.',
    WARD_INVALID: 'Chọn phường, xã trong danh sách.',
    REFERRER_INVALID: 'Mã giới thiệu gồm 2 đến 32 chữ cái hoặc chữ số.',
    TAX_CODE_INVALID: 'Mã số thuế gồm 10, 12 hoặc 13 chữ số.',
    TEXT_INVALID: 'Nhập mục này bằng chữ thường dùng.',
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
