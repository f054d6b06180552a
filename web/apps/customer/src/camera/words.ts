import { words } from '@chonso/i18n';

const vi = {
  switchOn: 'Bật máy ảnh',
  asking: 'Đang mở máy ảnh',
  why: 'Ảnh chỉ dùng để đối chiếu với giấy tờ của bạn và được mã hóa khi lưu.',
  shoot: 'Chụp ảnh',
  file: 'Chọn ảnh có sẵn',
  fileInstead: 'Chọn ảnh hoặc chụp bằng ứng dụng máy ảnh',
  use: 'Dùng ảnh này',
  again: 'Chụp lại',
  sending: (percent: number) => `Đang gửi ${percent}%`,
  sent: (time: string) => `Đã gửi lúc ${time}`,
  isSent: 'Ảnh đã gửi',
  sentText: 'Ảnh được giữ trên hệ thống. Bạn chỉ cần chụp lại nếu muốn thay.',
  next: 'Tiếp tục',
  preview: 'Ảnh vừa chụp',
  look: 'Kiểm tra: chữ đọc được rõ, đủ bốn góc, không lóa.',
  unusable: {
    NOT_A_PICTURE: 'Không đọc được tệp này. Hãy chọn một ảnh chụp.',
    TOO_SMALL:
      'Ảnh quá nhỏ, chữ sẽ không đọc được. Hãy chụp gần hơn hoặc chọn ảnh từ 900 × 480 điểm ảnh trở lên.',
  },
  off: {
    refused: 'Máy ảnh đang bị chặn',
    absent: 'Không tìm thấy máy ảnh',
    busy: 'Máy ảnh đang bận',
  },
  offText: {
    refused: 'Bạn vẫn tiếp tục được: chọn ảnh có sẵn, hoặc bật lại máy ảnh theo các bước dưới đây.',
    absent: 'Bạn vẫn tiếp tục được: chọn ảnh có sẵn trên máy này, hoặc mở trang này trên điện thoại.',
    busy: 'Đóng ứng dụng đang dùng máy ảnh rồi thử lại, hoặc chọn ảnh có sẵn.',
  },
  scanning: 'Đưa mã vạch vào khung, hệ thống tự đọc.',
  stopScan: 'Nhập bằng tay',
  howTo: 'Cách bật lại máy ảnh',
  howToIos: [
    'Mở Cài đặt của iPhone, chọn Safari (hoặc ứng dụng Chọn Số).',
    'Chọn Camera, rồi chọn Cho phép.',
    'Quay lại đây và bấm Bật máy ảnh.',
  ],
  howToAndroid: [
    'Bấm biểu tượng bên trái địa chỉ trang, chọn Quyền.',
    'Bật Máy ảnh.',
    'Quay lại đây và bấm Bật máy ảnh.',
  ],
  howToComputer: [
    'Bấm biểu tượng bên trái địa chỉ trang.',
    'Ở mục Máy ảnh, chọn Cho phép.',
    'Bấm Bật máy ảnh.',
  ],
};

export const useCameraWords = words(vi, async () => (await import('./words.en.ts')).en);
export type CameraWords = typeof vi;
