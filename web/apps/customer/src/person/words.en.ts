import type { PersonWords } from './words.ts';

export const en: PersonWords = {
  fullName: 'Full name',
  dateOfBirth: 'Date of birth',
  dateHint: 'Day/month/year, such as 05/09/1990',
  sex: 'Sex',
  male: 'Male',
  female: 'Female',
  address: 'House, street, hamlet',
};
