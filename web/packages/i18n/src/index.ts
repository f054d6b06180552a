export { fmt } from './formats.ts';
export { type Locale, setLocale, startLocale, useLocale, words, wordsReady } from './words.ts';
