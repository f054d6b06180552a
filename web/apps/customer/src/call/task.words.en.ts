import type { TaskWords } from './task.words.ts';

export const en: TaskWords = {
  challenges: {
    TURN_LEFT: { title: 'Turn your head to the left', text: 'Slowly, then look ahead again.' },
    TURN_RIGHT: { title: 'Turn your head to the right', text: 'Slowly, then look ahead again.' },
    LOOK_UP: { title: 'Look up', text: 'Look at the ceiling, then at the camera again.' },
    HAND_ACROSS: { title: 'Pass your hand across your face', text: 'Slowly, from one side to the other.' },
    TOUCH_EAR: { title: 'Touch your right ear', text: 'With your right hand, so that all of it is seen.' },
    SHOW_FINGERS: { title: 'Hold up fingers beside your face', text: 'This many, for 2 seconds.' },
    TILT_CARD: { title: 'Tilt your document', text: 'Keep it in the frame and tilt it left and right.' },
    COVER_CHIP: {
      title: 'Cover the chip with one finger',
      text: 'Hold the side with the chip in the frame. Without a chip, cover the bar code.',
    },
    CARD_TO_CHEEK: { title: 'Hold your document to your cheek', text: 'The photo faces the camera.' },
    READ_DIGITS: { title: 'Read the four digits aloud', text: 'One by one, slowly and clearly.' },
    SAY_BIRTH_YEAR: { title: 'Say your year of birth', text: 'Aloud, looking at the camera.' },
    SAY_CARD_DIGITS: {
      title: 'Say the last three digits of your document',
      text: 'By heart, without looking at it.',
    },
  },
  photos: {
    FACE: {
      title: 'Look straight at the camera',
      text: 'Keep your face in the frame; the photo takes itself.',
    },
    FRONT: {
      title: 'Front of your document',
      text: 'All four corners in the frame; the photo takes itself.',
    },
    BACK: { title: 'Back of your document', text: 'All four corners in the frame; the photo takes itself.' },
    FACE_WITH_ID: {
      title: 'Hold your document beside your face',
      text: 'Face and document are both clear; the photo takes itself.',
    },
    SIM: { title: 'The SIM card', text: 'The serial number in the frame; the photo takes itself.' },
  },
  sending: 'Sending the photo',
  hold: 'You can lower your hand.',
  sent: 'Photo sent',
  sentText: 'The agent is looking at it.',
  failed: 'This device takes no photo',
  failedText: 'The agent takes one from the call. Just keep still.',
  again: 'Once more',
  flaws: {
    BLURRED: 'The photo is blurred. Hold still and let the camera focus.',
    DARK: 'The photo is too dark. Turn towards the light.',
    BRIGHT: 'The photo is too bright. Avoid light straight into the camera.',
  },
  hints: {
    BLURRED: 'The last one was blurred. Hold still.',
    DARK: 'The last one was too dark. Turn towards the light.',
    GLARE: 'The last one had glare. Tilt it until the streak is gone.',
    CROPPED: 'The last one lacked a corner. Keep all of it in the frame.',
    COVERED: 'The last one was covered. Hold it by the edge.',
    WRONG_SIDE: 'The last one showed the wrong side.',
  },
  detail: (kind, detail) => (kind === 'READ_DIGITS' ? [...detail].join(' ') : detail),
};
