import type { AddressWords } from './words.ts';

export const en: AddressWords = {
  province: 'Province or city',
  ward: 'Ward or commune',
  provinceFirst: 'Choose the province first.',
  type: 'Type to search, accents not needed',
  loading: 'The list is loading',
  none: 'No name fits',
  count: (found) => `${found} results`,
  failed: 'The list could not be loaded.',
  retry: 'Try again',
};
