import { words } from '@chonso/i18n';

const vi = { ward: 'Phường, xã' };

export const useAddressWords = words(vi, async () => (await import('./words.en.ts')).en);
export type AddressWords = typeof vi;
