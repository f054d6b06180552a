import { serverNow } from '@chonso/api';
import { type Box, isEnough } from './crop.ts';

/** A picture to be sent, and the moment it was taken by the server's clock. */
export type Picture = { blob: Blob; capturedAt: Date };

/** Why a chosen file or a frame of the camera cannot be sent. */
export class Unusable extends Error {
  readonly because: 'NOT_A_PICTURE' | 'TOO_SMALL';

  constructor(because: Unusable['because']) {
    super(because);
    this.because = because;
  }
}

const QUALITY = 0.92;
const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_SIDE = 3000;

/** Take the part of the video's present frame that lies within the guide. */
export async function frameOf(video: HTMLVideoElement, crop: Box): Promise<Picture> {
  if (!isEnough(crop)) throw new Unusable('TOO_SMALL');
  return { blob: await jpegOf(video, crop, crop.width, crop.height), capturedAt: new Date(serverNow()) };
}

/** Take a picture from a file: a JPEG goes as it is, any other kind is written as one. */
export async function pictureOf(file: File): Promise<Picture> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Unusable('NOT_A_PICTURE');
  });
  try {
    if (!isEnough(image)) throw new Unusable('TOO_SMALL');
    const capturedAt = new Date(Math.min(file.lastModified + (serverNow() - Date.now()), serverNow()));
    if (file.type === 'image/jpeg' && file.size <= MOST_BYTES) return { blob: file, capturedAt };
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const whole = { x: 0, y: 0, width: image.width, height: image.height };
    const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
    return { blob: await jpegOf(image, whole, width, height), capturedAt };
  } finally {
    image.close();
  }
}

async function jpegOf(source: CanvasImageSource, part: Box, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  pen?.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new Unusable('NOT_A_PICTURE');
  return blob;
}

const kept = new Map<string, string>();

/** Keep a picture that was sent in this tab, to be seen again when the person comes back to its step. */
export function keepPreview(name: string, blob: Blob): void {
  const before = kept.get(name);
  if (before) URL.revokeObjectURL(before);
  kept.set(name, URL.createObjectURL(blob));
}

/** The address of a picture that was sent in this tab. */
export const previewOf = (name: string): string | undefined => kept.get(name);
