/** Words of the script: what an agent says now, challenge by challenge and photo by photo. */
export const words = {
  title: 'Các bước của cuộc gọi',
  talk: 'Trò chuyện và thử thách',
  photos: 'Ảnh của khách',
  say: 'Lời nhắc',
  done: 'Đã xong',
  failed: 'Không đạt',
  talks: {
    GREET: {
      name: 'Chào hỏi',
      line: 'Chào anh/chị, em là nhân viên xác minh của nhà mạng. Cuộc gọi này được ghi hình để xác minh chủ thuê bao, anh/chị đồng ý tiếp tục chứ ạ?',
    },
    READ: {
      name: 'Đọc số',
      line: 'Anh/chị đọc giúp em số thuê bao đã giữ.',
    },
  },
  challenges: {
    TURN_LEFT: {
      name: 'Quay sang trái',
      line: 'Anh/chị từ từ quay mặt sang trái, rồi nhìn thẳng lại giúp em.',
    },
    TURN_RIGHT: {
      name: 'Quay sang phải',
      line: 'Anh/chị từ từ quay mặt sang phải, rồi nhìn thẳng lại giúp em.',
    },
    LOOK_UP: { name: 'Ngước lên', line: 'Anh/chị ngước nhìn lên trần, rồi nhìn lại camera giúp em.' },
    HAND_ACROSS: {
      name: 'Tay qua mặt',
      line: 'Anh/chị đưa bàn tay chậm rãi ngang qua trước mặt giúp em.',
    },
    TOUCH_EAR: {
      name: 'Chạm tai phải',
      line: 'Anh/chị chạm tay phải vào tai phải, để em thấy cả bàn tay.',
    },
    SHOW_FINGERS: {
      name: 'Giơ ngón tay',
      line: 'Anh/chị giơ cạnh mặt đúng số ngón tay đang hiện trên màn hình.',
    },
    TILT_CARD: {
      name: 'Nghiêng giấy tờ',
      line: 'Anh/chị cầm giấy tờ, nghiêng qua nghiêng lại để em thấy hình chìm đổi màu.',
    },
    COVER_CHIP: {
      name: 'Che con chip',
      line: 'Anh/chị đưa mặt có chip lên và lấy một ngón tay che con chip. Thẻ không có chip thì che mã vạch.',
    },
    CARD_TO_CHEEK: {
      name: 'Giấy tờ cạnh má',
      line: 'Anh/chị áp giấy tờ sát má, mặt có ảnh hướng về camera.',
    },
    READ_DIGITS: { name: 'Đọc 4 chữ số', line: 'Anh/chị đọc to bốn chữ số đang hiện trên màn hình.' },
    SAY_BIRTH_YEAR: { name: 'Nói năm sinh', line: 'Anh/chị cho em biết mình sinh năm nào ạ?' },
    SAY_CARD_DIGITS: {
      name: 'Ba số cuối',
      line: 'Anh/chị không nhìn thẻ, đọc giúp em ba số cuối của giấy tờ.',
    },
  },
  takes: {
    FACE: {
      name: 'Chân dung',
      line: 'Anh/chị nhìn thẳng vào camera, bỏ kính và khẩu trang. Máy sẽ đếm 3 giây rồi tự chụp.',
    },
    FRONT: {
      name: 'Mặt trước',
      line: 'Anh/chị đưa mặt trước giấy tờ vào khung, giữ yên cho đến khi máy chụp xong.',
    },
    BACK: { name: 'Mặt sau', line: 'Anh/chị lật sang mặt sau, giữ trong khung giúp em.' },
    FACE_WITH_ID: {
      name: 'Cầm giấy tờ',
      line: 'Anh/chị cầm giấy tờ cạnh mặt, để thấy rõ cả khuôn mặt và mặt trước giấy tờ.',
    },
    SIM: { name: 'SIM vật lý', line: 'Anh/chị đưa thẻ SIM lên, để em nhìn rõ dãy số sê-ri trên thẻ.' },
  },
  acts: {
    talk: 'Tiếp tục',
    issue: 'Hiện cho khách',
    pass: 'Khách làm đúng',
    fail: 'Không đạt',
    redraw: 'Đổi ba thử thách khác',
    ask: 'Yêu cầu chụp',
    asked: 'Khách đang chụp',
    accept: 'Nhận ảnh',
    again: 'Chụp lại',
    over: 'Đã đủ các bước',
  },
  states: {
    todo: '',
    sent: 'Đang gửi đến khách',
    shown: 'Khách đang thấy',
    done: 'Đạt',
    failed: 'Không đạt',
    asked: (seconds: number) => `Chờ ảnh, còn ${seconds} giây`,
    arrived: 'Ảnh đã về, xem rồi nhận',
    again: 'Cần chụp lại',
  },
  detail: { READ_DIGITS: 'Số khách phải đọc', SHOW_FINGERS: 'Số ngón tay' } as Record<string, string>,
  sources: { CAMERA: 'Máy ảnh của khách', TRACK: 'Khung hình gốc', FRAME: 'Chụp từ hình nhận được' },
  flaws: { BLURRED: 'Ảnh bị mờ', DARK: 'Ảnh quá tối', BRIGHT: 'Ảnh quá sáng' },
  againTitle: 'Yêu cầu khách chụp lại',
  againLead: 'Khách thấy lý do và máy chụp lại sau 3 giây.',
  againReason: 'Ảnh chưa dùng được vì',
  hints: {
    BLURRED: 'Bị mờ',
    DARK: 'Thiếu sáng',
    GLARE: 'Bị lóa',
    CROPPED: 'Thiếu góc, lệch khung',
    COVERED: 'Bị che',
    WRONG_SIDE: 'Sai mặt, sai giấy tờ',
  },
};
