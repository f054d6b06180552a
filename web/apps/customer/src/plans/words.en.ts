import type { PlanWords } from './words.ts';

export const en: PlanWords = {
  title: 'Plans',
  gift: 'With an eSIM only',
  until: (day) => `Until ${day}`,
  newOnly: 'For new subscribers',
  choose: 'Choose an eSIM number',
  packages: 'All plans',
  data: (gb) => `${gb} GB`,
  perDay: (gb) => `${gb} GB a day`,
  days: (days) => `${days} days`,
  free: 'Free',
  none: 'There are no plans at present',
};
