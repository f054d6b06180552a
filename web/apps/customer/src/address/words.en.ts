import type { AddressWords } from './words.ts';

export const en: AddressWords = { ward: 'Ward' };
