import { words } from '@chonso/i18n';

const vi = {
  ready: 'Kiểm tra lại rồi gửi xác thực. Kết quả thường có trong dưới một phút.',
  verify: 'Xác thực thông tin',
  verifyAgain: 'Gửi xác thực lại',
  parts: {
    declaration: 'Thông tin thuê bao',
    FRONT: 'Mặt trước giấy tờ',
    BACK: 'Mặt sau giấy tờ',
    PORTRAIT: 'Ảnh chân dung',
  },
  done: 'Đã có',
  takenAt: (time: string) => `Chụp lúc ${time}`,
  missing: 'Còn thiếu',
  edit: 'Sửa',
  add: 'Bổ sung',
  checking: 'Đang đối chiếu thông tin',
  checkingText: 'Bạn có thể rời trang này, kết quả vẫn được giữ và gửi thông báo cho bạn.',
  passed: 'Thông tin đã khớp',
  passedText: 'Bước tiếp theo là cuộc gọi video ngắn với nhân viên để xác minh.',
  toCall: 'Tiếp tục gọi video',
  onward: 'Tiếp tục',
  failed: 'Thông tin chưa khớp',
  stale: 'Cần bổ sung trước khi tiếp tục',
  review: 'Nhân viên đang xem xét hồ sơ',
  reviewText:
    'Một vài điểm cần người kiểm tra. Bạn không phải làm gì thêm, chúng tôi sẽ gửi thông báo ngay khi có kết quả.',
  compared: 'Các mục đã đối chiếu',
  fields: {
    id_number: { name: 'Số giấy tờ', with: 'Với giấy tờ và cơ sở dữ liệu quốc gia' },
    full_name: { name: 'Họ và tên', with: 'Với giấy tờ và cơ sở dữ liệu quốc gia' },
    date_of_birth: { name: 'Ngày sinh', with: 'Với giấy tờ và cơ sở dữ liệu quốc gia' },
    face: { name: 'Khuôn mặt', with: 'Ảnh chân dung với ảnh trên giấy tờ' },
  } as Record<string, { name: string; with: string }>,
  match: {
    PASS: 'Khớp',
    FAIL: 'Không khớp',
    REVIEW: 'Cần xem thêm',
    UNAVAILABLE: 'Chưa đối chiếu',
  } as Record<string, string>,
  why: 'Lý do và cách sửa',
  left: (count: number) => `Còn ${count} lần xác thực`,
  leftText: 'Sau đó nhân viên sẽ xem hồ sơ, hoặc bạn đến cửa hàng.',
  lastLeft: 'Đây là lần xác thực cuối trước khi nhân viên xem hồ sơ.',
  mend: {
    info: 'Sửa thông tin',
    front: 'Chụp lại giấy tờ',
    portrait: 'Chụp lại chân dung',
  } as Record<string, string>,
  store: 'Đến cửa hàng để hoàn tất',
  storeText: 'Mang theo căn cước gốc và cho nhân viên xem mã giữ số này. Số của bạn vẫn được giữ.',
  code: 'Mã giữ số',
  toStores: 'Xem phiếu và cửa hàng',
};

export const useResultWords = words(vi, async () => (await import('./result.words.en.ts')).en);
export type ResultWords = typeof vi;
