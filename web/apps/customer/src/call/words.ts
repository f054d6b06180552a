import { words } from '@chonso/i18n';

const vi = {
  check: 'Kiểm tra máy ảnh và micro',
  why: 'Nhân viên cần nhìn thấy và nghe bạn trong suốt cuộc gọi. Hình và tiếng chỉ gửi đi khi cuộc gọi bắt đầu.',
  switchOn: 'Bật máy ảnh và micro',
  asking: 'Đang chờ bạn cho phép',
  own: 'Hình của bạn, như nhân viên sẽ thấy',
  fits: 'Nhân viên sẽ thấy bạn như thế này',
  speak: 'Nói thử một câu để xem micro có nhận tiếng.',
  hears: 'Micro đang nhận tiếng của bạn.',
  again: 'Thử lại',
  off: {
    refused: { CAMERA: 'Máy ảnh và micro đang bị chặn', MICROPHONE: 'Micro đang bị chặn' },
    absent: { CAMERA: 'Không tìm thấy máy ảnh', MICROPHONE: 'Không tìm thấy micro' },
    busy: { CAMERA: 'Máy ảnh hoặc micro đang bận', MICROPHONE: 'Micro đang bận' },
  },
  offText: {
    refused: 'Cuộc gọi cần cả hình và tiếng. Cho phép lại theo các bước dưới đây, rồi bấm Thử lại.',
    absent: 'Mở trang này trên điện thoại để gọi. Hồ sơ của bạn được giữ nguyên.',
    busy: 'Ứng dụng khác đang dùng. Đóng ứng dụng đó rồi bấm Thử lại.',
  },
  howTo: 'Cách cho phép lại',
  howToIos: [
    'Mở Cài đặt của iPhone, chọn Safari (hoặc ứng dụng Chọn Số).',
    'Cho phép Camera và Micro.',
    'Quay lại đây và bấm Thử lại.',
  ],
  howToAndroid: [
    'Bấm biểu tượng bên trái địa chỉ trang, chọn Quyền.',
    'Bật Máy ảnh và Micro.',
    'Quay lại đây và bấm Thử lại.',
  ],
  howToComputer: [
    'Bấm biểu tượng bên trái địa chỉ trang.',
    'Ở mục Máy ảnh và Micro, chọn Cho phép.',
    'Bấm Thử lại.',
  ],
  otherWays: 'Chưa gọi được lúc này?',
  otherWaysText: 'Đặt lịch hẹn để gọi sau, hoặc mang căn cước gốc và mã giữ số đến cửa hàng.',
  toStores: 'Xem phiếu và cửa hàng',
  ownInQueue: 'Hình của bạn đã sẵn sàng. Nhân viên chỉ thấy khi cuộc gọi bắt đầu.',
  offInQueue: 'Máy ảnh và micro đang tắt. Bật trước khi đến lượt bạn.',
  agent: 'Nhân viên xác minh',
  you: 'Bạn',
  connecting: 'Đang nối hình và tiếng',
  connectingText: 'Hình của nhân viên sẽ hiện ở đây.',
  blocked: 'Chưa nối được hình',
  blockedText:
    'Mạng này có thể chặn cuộc gọi có hình. Chuyển sang Wi-Fi khác hoặc dữ liệu di động, trang này tự nối lại.',
  reconnecting: 'Đang nối lại',
  reconnectingText: 'Đường truyền vừa gián đoạn. Giữ nguyên trang này, cuộc gọi sẽ tự tiếp tục.',
  elsewhere: 'Cuộc gọi đang mở ở nơi khác',
  elsewhereText: 'Bạn đã mở cuộc gọi này trên một thiết bị hoặc thẻ khác.',
  here: 'Tiếp tục ở đây',
  unseen: 'Nhân viên chưa thấy bạn',
  unseenText: 'Máy ảnh và micro đang tắt.',
  unmute: 'Bật tiếng nhân viên',
  recording: { NONE: '', STARTING: 'Bắt đầu ghi', OK: 'Đang ghi hình', STALLED: 'Tạm ngừng ghi' },
  bars: ['Mất mạng', 'Mạng yếu', 'Mạng chập chờn', 'Mạng khá', 'Mạng tốt'],
  leave: 'Kết thúc cuộc gọi',
  leaveAsk: 'Kết thúc cuộc gọi?',
  leaveText: 'Xác minh chưa xong. Nếu kết thúc, bạn phải gọi lại và chờ lượt mới.',
  end: 'Kết thúc',
  stay: 'Ở lại cuộc gọi',
};

export const useCallScreenWords = words(vi, async () => (await import('./words.en.ts')).en);
export type CallScreenWords = typeof vi;
