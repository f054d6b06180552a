import { words } from '@chonso/i18n';

const vi = {
  fields: {
    full_name: 'họ và tên',
    date_of_birth: 'ngày sinh',
    id_number: 'số giấy tờ',
    sex: 'giới tính',
  } as Record<string, string>,
  about: (field: string) => `Mục: ${field}.`,
  byCode: {
    DOC_BLUR: 'Lau ống kính, giữ chắc máy và chờ máy lấy nét rồi mới chụp.',
    DOC_GLARE: 'Tắt đèn flash, nghiêng nhẹ giấy tờ hoặc đổi chỗ để hết vệt sáng.',
    DOC_CROPPED: 'Lùi máy ra một chút để thấy đủ bốn góc trong khung.',
    DOC_WRONG_SIDE: 'Mặt trước có ảnh và họ tên. Chụp đúng mặt theo từng bước.',
    DOC_UNSUPPORTED: 'Dùng căn cước hoặc căn cước công dân 12 số, thấy trọn giấy tờ trong khung.',
    DOC_NOT_ORIGINAL: 'Đặt giấy tờ thật trước máy ảnh, không chụp màn hình hay bản in.',
    DOC_TAMPERED: 'Bỏ giấy tờ khỏi bao nhựa và chụp lại. Nếu vẫn không được, hãy đến cửa hàng.',
    DOC_INCONSISTENT: 'Chụp lại cả hai mặt của cùng một giấy tờ.',
    DOC_EXPIRED: 'Dùng giấy tờ còn hạn khác, hoặc đến cửa hàng.',
    ID_STRUCTURE: 'So lại đủ 12 chữ số, ngày sinh và giới tính với giấy tờ.',
    FACE_NONE: 'Đưa khuôn mặt vào giữa khung, ở nơi đủ sáng.',
    FACE_MULTIPLE: 'Chỉ một mình bạn trong khung hình.',
    FACE_QUALITY: 'Quay mặt về phía ánh sáng, giữ chắc máy, bỏ kính râm và khẩu trang.',
    FACE_MISMATCH: 'Chụp lại chân dung nơi đủ sáng, nhìn thẳng, không trang điểm đậm hay đội mũ.',
    LIVENESS_FAILED: 'Chụp trực tiếp bằng máy ảnh, không chụp lại ảnh hay màn hình.',
    DB_MISMATCH: 'Kiểm tra ảnh giấy tờ có rõ không. Nếu giấy tờ vừa đổi, hãy đến cửa hàng.',
    FORM_MISMATCH: 'Sửa lại đúng như in trên giấy tờ, kể cả dấu.',
    KYC_TOO_OLD: 'Chỉ cần chụp lại chân dung, các ảnh khác vẫn dùng được.',
    EKYC_OTHER: 'Chụp lại các ảnh nơi đủ sáng rồi gửi lại.',
  } as Record<string, string>,
};

export const useAdvice = words(vi, async () => (await import('./advice.en.ts')).en);
export type Advice = typeof vi;
