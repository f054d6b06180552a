import { words } from '@chonso/i18n';

const vi = {
  names: {
    info: 'Thông tin thuê bao',
    front: 'Mặt trước giấy tờ',
    back: 'Mặt sau giấy tờ',
    portrait: 'Ảnh chân dung',
    result: 'Xác thực thông tin',
    call: 'Gọi video xác minh',
    serial: 'Thẻ SIM',
    sign: 'Ký hợp đồng',
    review: 'Gửi hồ sơ',
    outcome: 'Kết quả hòa mạng',
  },
  place: (at: number, of: number) => `Bước ${at}/${of}`,
  following: (name: string) => `Tiếp theo: ${name}`,
  next: 'Tiếp tục',
  toSlip: 'Về phiếu giữ số',
  title: 'Hòa mạng',
  start: 'Bắt đầu hòa mạng',
  startLead: 'Khoảng 10 phút. Bạn có thể dừng ở bất kỳ bước nào, phần đã làm vẫn được giữ.',
  need: 'Chuẩn bị sẵn',
  needs: {
    card: 'Căn cước gốc, còn hạn',
    cardText: 'Chụp trực tiếp, không dùng bản sao hay ảnh chụp màn hình',
    place: 'Nơi đủ sáng, yên tĩnh',
    placeText: 'Bạn sẽ chụp chân dung và gọi video với nhân viên',
    sim: 'Thẻ SIM đã nhận',
    simText: 'Bạn sẽ nhập số sê-ri in trên thẻ',
    phone: 'Điện thoại nhận được tin nhắn',
    phoneText: 'Mã xác nhận chữ ký gửi tới số tài khoản của bạn',
  },
  deadline: (time: string) => `Hòa mạng trước ${time}`,
  deadlineText: 'Quá hạn, số được trả lại kho.',
  onlyInApp: 'Hòa mạng trong ứng dụng Chọn Số',
  onlyInAppText:
    'Theo quy định, đăng ký thuê bao trực tuyến chỉ thực hiện trong ứng dụng của nhà mạng. Cài trang này thành ứng dụng, đăng nhập lại và bạn tiếp tục đúng bước này.',
  install: 'Cách cài ứng dụng',
  installIos: [
    'Mở trang này bằng Safari và bấm nút Chia sẻ.',
    'Chọn Thêm vào MH chính (Màn hình chính).',
    'Mở Chọn Số từ màn hình chính và đăng nhập.',
  ],
  installOther: [
    'Mở trình đơn của trình duyệt (dấu ba chấm).',
    'Chọn Cài đặt ứng dụng, hoặc Thêm vào màn hình chính.',
    'Mở Chọn Số từ màn hình chính và đăng nhập.',
  ],
  infoLead: 'Thông tin lấy từ phiếu giữ số. Sửa lại nếu khác với giấy tờ của bạn.',
  form: {
    owner: 'Người đứng tên',
    document: 'Giấy tờ bạn sẽ chụp',
    kinds: {
      CC: { title: 'Căn cước', text: 'Mẫu mới, từ 7/2024' },
      CCCD_CHIP: { title: 'CCCD gắn chip', text: 'Căn cước công dân' },
      CCCD_NOCHIP: { title: 'CCCD không chip', text: 'Căn cước công dân' },
    },
    documentHint: 'Hộ chiếu hoặc người không có quốc tịch Việt Nam: vui lòng đến cửa hàng.',
    idNumber: 'Số trên giấy tờ',
    idHint: '12 chữ số',
    home: 'Nơi thường trú',
  },
  photos: {
    front: 'Đặt mặt có ảnh và họ tên vừa khung.',
    back: 'Lật giấy tờ, đặt mặt sau vừa khung.',
    portrait: 'Nhìn thẳng, khuôn mặt vừa khung. Bỏ kính râm, khẩu trang và mũ.',
    tips: 'Đặt giấy tờ trên nền tối, tránh bóng đèn phản chiếu, thấy đủ bốn góc.',
  },
};

export const useActivationWords = words(vi, async () => (await import('./words.en.ts')).en);
export type ActivationWords = typeof vi;
