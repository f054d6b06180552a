import type { CameraWords } from './words.ts';

export const en: CameraWords = {
  switchOn: 'Switch on the camera',
  asking: 'Opening the camera',
  why: 'The photo is compared with your document only, and kept encrypted.',
  shoot: 'Take the photo',
  file: 'Choose a photo',
  fileInstead: 'Choose a photo, or take one with the camera app',
  use: 'Use this photo',
  again: 'Take it again',
  sending: (percent) => `Sending ${percent}%`,
  sent: (time) => `Sent at ${time}`,
  isSent: 'The photo is sent',
  sentText: 'The photo is kept. Take it again only if you want to replace it.',
  next: 'Continue',
  preview: 'The photo you took',
  look: 'Check: the text is readable, all four corners are there, no glare.',
  unusable: {
    NOT_A_PICTURE: 'This file cannot be read. Choose a photo.',
    TOO_SMALL: 'The photo is too small to be read. Go closer, or choose one of at least 900 × 480 pixels.',
  },
  off: {
    refused: 'The camera is blocked',
    absent: 'No camera was found',
    busy: 'The camera is in use',
  },
  offText: {
    refused: 'You can still go on: choose a photo, or switch the camera on again as described below.',
    absent: 'You can still go on: choose a photo from this device, or open this page on your phone.',
    busy: 'Close the app that uses the camera and try again, or choose a photo.',
  },
  scanning: 'Hold the barcode within the frame; it is read by itself.',
  stopScan: 'Type it instead',
  howTo: 'How to switch the camera on again',
  howToIos: [
    'Open Settings on your iPhone and choose Safari (or the Chọn Số app).',
    'Choose Camera, then Allow.',
    'Come back here and press Switch on the camera.',
  ],
  howToAndroid: [
    'Press the sign left of the page address and choose Permissions.',
    'Switch Camera on.',
    'Come back here and press Switch on the camera.',
  ],
  howToComputer: [
    'Press the sign left of the page address.',
    'At Camera choose Allow.',
    'Press Switch on the camera.',
  ],
};
