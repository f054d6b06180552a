import { words } from '@chonso/i18n';

const vi = {
  province: 'Tỉnh, thành phố',
  ward: 'Phường, xã',
  provinceFirst: 'Chọn tỉnh, thành phố trước.',
  type: 'Gõ để tìm, có dấu hoặc không dấu',
  loading: 'Đang tải danh sách',
  none: 'Không có tên nào khớp',
  count: (found: number) => `${found} kết quả`,
  failed: 'Chưa tải được danh sách.',
  retry: 'Thử lại',
};

export const useAddressWords = words(vi, async () => (await import('./words.en.ts')).en);
export type AddressWords = typeof vi;
