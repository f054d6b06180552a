import type { Call } from '../activation/calls.ts';

export type Prompt = NonNullable<Call['challenge']>;
export type PhotoRequest = NonNullable<Call['photo_request']>;
export type Flaw = 'BLURRED' | 'DARK' | 'BRIGHT';

/** What lies over the own picture: a card's frame, an oval for the face, or both. */
export type Shape = 'card' | 'face' | 'both';

/** A photo on its way: the count before it, the flash, the sending, and what became of it. */
export type Photo = {
  request: PhotoRequest;
  phase: 'counting' | 'taking' | 'sending' | 'sent' | 'poor' | 'failed';
  /** Seconds until the camera takes it. */
  left: number;
  flaw: Flaw | null;
};

const SHAPES: Record<PhotoRequest['kind'], Shape> = {
  FACE: 'face',
  FRONT: 'card',
  BACK: 'card',
  SIM: 'card',
  FACE_WITH_ID: 'both',
};
const WITH_CARD: Partial<Record<Prompt['kind'], Shape>> = {
  TILT_CARD: 'card',
  COVER_CHIP: 'card',
  CARD_TO_CHEEK: 'both',
};

/** The shape to hold card or face in; none while the customer only talks or moves. */
export function guideOf(photo: Photo | null, prompt: Prompt | null): Shape | undefined {
  if (photo) return photo.phase === 'sent' ? undefined : SHAPES[photo.request.kind];
  return prompt ? WITH_CARD[prompt.kind] : undefined;
}
