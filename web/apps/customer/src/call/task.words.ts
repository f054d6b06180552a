import { words } from '@chonso/i18n';

const vi = {
  challenges: {
    TURN_LEFT: { title: 'Quay mặt sang trái', text: 'Quay từ từ, rồi nhìn thẳng lại.' },
    TURN_RIGHT: { title: 'Quay mặt sang phải', text: 'Quay từ từ, rồi nhìn thẳng lại.' },
    LOOK_UP: { title: 'Ngước nhìn lên', text: 'Nhìn lên trần, rồi nhìn lại máy ảnh.' },
    HAND_ACROSS: { title: 'Đưa bàn tay ngang mặt', text: 'Đưa chậm từ bên này sang bên kia.' },
    TOUCH_EAR: { title: 'Chạm tay phải vào tai phải', text: 'Để nhân viên thấy cả bàn tay.' },
    SHOW_FINGERS: { title: 'Giơ ngón tay cạnh mặt', text: 'Giơ đúng số ngón tay này, giữ yên 2 giây.' },
    TILT_CARD: {
      title: 'Nghiêng giấy tờ',
      text: 'Giữ trong khung, nghiêng trái rồi phải để thấy hình chìm.',
    },
    COVER_CHIP: {
      title: 'Lấy một ngón tay che con chip',
      text: 'Đưa mặt có chip vào khung. Thẻ không có chip thì che mã vạch.',
    },
    CARD_TO_CHEEK: { title: 'Áp giấy tờ sát má', text: 'Mặt có ảnh hướng về máy ảnh.' },
    READ_DIGITS: { title: 'Đọc to bốn chữ số', text: 'Đọc từng số, rõ và chậm.' },
    SAY_BIRTH_YEAR: { title: 'Nói năm sinh của bạn', text: 'Trả lời thành tiếng, nhìn vào máy ảnh.' },
    SAY_CARD_DIGITS: {
      title: 'Đọc ba số cuối của giấy tờ',
      text: 'Đọc thuộc lòng, không nhìn vào thẻ.',
    },
  },
  photos: {
    FACE: { title: 'Nhìn thẳng vào máy ảnh', text: 'Đưa mặt vào khung và giữ yên, máy tự chụp.' },
    FRONT: { title: 'Mặt trước giấy tờ', text: 'Đưa trọn bốn góc vào khung và giữ yên, máy tự chụp.' },
    BACK: { title: 'Mặt sau giấy tờ', text: 'Đưa trọn bốn góc vào khung và giữ yên, máy tự chụp.' },
    FACE_WITH_ID: {
      title: 'Cầm giấy tờ cạnh mặt',
      text: 'Thấy rõ cả khuôn mặt và mặt trước giấy tờ, máy tự chụp.',
    },
    SIM: { title: 'Thẻ SIM', text: 'Đưa dãy số sê-ri vào khung và giữ yên, máy tự chụp.' },
  },
  sending: 'Đang gửi ảnh',
  hold: 'Bạn có thể hạ tay xuống.',
  sent: 'Đã gửi ảnh',
  sentText: 'Nhân viên đang xem.',
  failed: 'Máy này không chụp được',
  failedText: 'Nhân viên sẽ chụp từ cuộc gọi. Bạn chỉ cần giữ yên.',
  again: 'Chụp lại',
  flaws: {
    BLURRED: 'Ảnh bị mờ. Giữ chắc máy và chờ máy lấy nét.',
    DARK: 'Ảnh quá tối. Quay về phía có ánh sáng.',
    BRIGHT: 'Ảnh quá sáng. Tránh đèn chiếu thẳng vào máy ảnh.',
  },
  hints: {
    BLURRED: 'Ảnh trước bị mờ. Giữ chắc máy.',
    DARK: 'Ảnh trước thiếu sáng. Quay về phía có ánh sáng.',
    GLARE: 'Ảnh trước bị lóa. Nghiêng nhẹ cho hết vệt sáng.',
    CROPPED: 'Ảnh trước bị thiếu góc. Đưa trọn vào khung.',
    COVERED: 'Ảnh trước bị che. Cầm ở mép, không che chữ.',
    WRONG_SIDE: 'Ảnh trước chụp nhầm mặt. Xem lại mặt cần chụp.',
  },
  detail: (kind: string, detail: string) => (kind === 'READ_DIGITS' ? [...detail].join(' ') : detail),
};

export const useTaskWords = words(vi, async () => (await import('./task.words.en.ts')).en);
export type TaskWords = typeof vi;
