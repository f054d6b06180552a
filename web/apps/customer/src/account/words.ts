import { words } from '@chonso/i18n';

const vi = {
  signIn: 'Đăng nhập',
  signInLead: 'Nhập số điện thoại và mật khẩu của tài khoản Chọn Số.',
  phone: 'Số điện thoại',
  password: 'Mật khẩu',
  passwordHint: 'Ít nhất 8 ký tự',
  showPassword: 'Hiện mật khẩu',
  hidePassword: 'Ẩn mật khẩu',
  forgotten: 'Quên mật khẩu?',
  noAccount: 'Chưa có tài khoản?',
  register: 'Đăng ký',
  haveAccount: 'Đã có tài khoản?',
  registerTitle: 'Tạo tài khoản',
  registerLead: 'Mã xác thực được gửi tới số điện thoại này để kích hoạt tài khoản.',
  fullName: 'Họ và tên (không bắt buộc)',
  sendCode: 'Gửi mã xác thực',
  codeTitle: 'Nhập mã xác thực',
  activate: 'Kích hoạt tài khoản',
  noCode: 'Không nhận được mã? Nếu số này đã có tài khoản, tin nhắn sẽ nói vậy thay cho mã.',
  otherPhone: 'Dùng số khác',
  welcome: 'Tài khoản đã được kích hoạt',
  forgotTitle: 'Quên mật khẩu',
  forgotLead: 'Mã xác thực được gửi tới số điện thoại bạn đã đăng ký.',
  noResetCode: 'Mã chỉ được gửi khi số này đã có tài khoản.',
  proceed: 'Tiếp tục',
  newPasswordTitle: 'Đặt mật khẩu mới',
  newPasswordLead: 'Sau khi đổi, mọi thiết bị khác sẽ bị đăng xuất.',
  newPassword: 'Mật khẩu mới',
  newPasswordAgain: 'Nhập lại mật khẩu mới',
  savePassword: 'Lưu mật khẩu mới',
  passwordSaved: 'Đã lưu mật khẩu mới. Hãy đăng nhập lại.',
  startAgain: 'Bắt đầu lại',
};

export const useAccountWords = words(vi, async () => (await import('./words.en.ts')).en);
export type AccountWords = typeof vi;
