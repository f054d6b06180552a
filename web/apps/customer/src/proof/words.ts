import { words } from '@chonso/i18n';

const vi = {
  phone: 'Số điện thoại',
  sendCode: 'Gửi mã xác thực',
  sentTo: (phone: string) => `Mã gồm 6 chữ số đã được gửi tới ${phone}.`,
  willSendTo: (phone: string) => `Mã gồm 6 chữ số sẽ được gửi tới ${phone}.`,
  code: 'Mã xác thực',
  confirm: 'Xác nhận mã',
  resend: 'Gửi lại mã',
  resendIn: 'Gửi lại mã sau',
  resent: 'Đã gửi mã mới',
  otherPhone: 'Dùng số khác',
  inbox: 'Mở tin nhắn mô phỏng',
};

export const useProofWords = words(vi, async () => (await import('./words.en.ts')).en);
export type ProofWords = typeof vi;
