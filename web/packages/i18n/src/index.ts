export { fmt } from './formats.ts';
export {
  isLocaleChosen,
  type Locale,
  setLocale,
  startLocale,
  useLocale,
  words,
  wordsReady,
} from './words.ts';
