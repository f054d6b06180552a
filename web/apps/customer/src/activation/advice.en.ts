import type { Advice } from './advice.ts';

export const en: Advice = {
  fields: {
    full_name: 'full name',
    date_of_birth: 'date of birth',
    id_number: 'document number',
    sex: 'sex',
  },
  about: (field) => `Field: ${field}.`,
  byCode: {
    DOC_BLUR: 'Wipe the lens, hold the phone still and wait until the picture is sharp.',
    DOC_GLARE: 'Switch the flash off; tilt the document a little, or move until the light is gone.',
    DOC_CROPPED: 'Move back a little, so that all four corners are in the frame.',
    DOC_WRONG_SIDE: 'The front has photo and name. Photograph the side that the step asks for.',
    DOC_UNSUPPORTED: 'Use a 12-digit identity card, whole within the frame.',
    DOC_NOT_ORIGINAL: 'Put the real document before the camera; no screen, no print.',
    DOC_TAMPERED: 'Take the document out of its cover and try again. If that fails, come to a store.',
    DOC_INCONSISTENT: 'Photograph both sides of one and the same document.',
    DOC_EXPIRED: 'Use another document that is still valid, or come to a store.',
    ID_STRUCTURE: 'Compare all 12 digits, the date of birth and the sex with the document.',
    FACE_NONE: 'Bring your face into the middle of the frame, in good light.',
    FACE_MULTIPLE: 'Be alone in the picture.',
    FACE_QUALITY: 'Face the light, hold the phone still, no sunglasses and no mask.',
    FACE_MISMATCH: 'Take the portrait again in good light, looking straight, without a hat.',
    LIVENESS_FAILED: 'Use the camera directly; do not photograph a picture or a screen.',
    DB_MISMATCH: 'Check that the photos are readable. If your document is new, come to a store.',
    FORM_MISMATCH: 'Correct it exactly as printed on the document, with all accents.',
    KYC_TOO_OLD: 'Only the portrait is taken again; the other photos stay good.',
    EKYC_OTHER: 'Take the photos again in good light, then send.',
  },
};
