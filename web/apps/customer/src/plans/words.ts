import { words } from '@chonso/i18n';

const vi = {
  title: 'Gói cước',
  gift: 'Dành riêng cho eSIM',
  until: (day: string) => `Áp dụng đến hết ${day}`,
  newOnly: 'Cho thuê bao mới',
  choose: 'Chọn số eSIM',
  packages: 'Các gói đang có',
  data: (gb: string) => `${gb} GB`,
  perDay: (gb: string) => `${gb} GB mỗi ngày`,
  days: (days: number) => `${days} ngày`,
  free: 'Miễn phí',
  none: 'Hiện chưa có gói nào',
};

export const usePlanWords = words(vi, async () => (await import('./words.en.ts')).en);
export type PlanWords = typeof vi;
