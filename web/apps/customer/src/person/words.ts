import { words } from '@chonso/i18n';

const vi = {
  fullName: 'Họ và tên',
  dateOfBirth: 'Ngày sinh',
  dateHint: 'Ngày/tháng/năm, ví dụ 05/09/1990',
  sex: 'Giới tính',
  male: 'Nam',
  female: 'Nữ',
  address: 'Số nhà, tên đường, thôn xóm',
};

export const usePersonWords = words(vi, async () => (await import('./words.en.ts')).en);
export type PersonWords = typeof vi;
