import { jpegOf } from '@chonso/media';

const LEAST = { long: 900, short: 480 };

/** A picture that the service would refuse, and why. */
export class Unusable extends Error {
  readonly because: 'NOT_A_PICTURE' | 'TOO_SMALL';

  constructor(because: Unusable['because']) {
    super(because);
    this.because = because;
  }
}

/** Take the present picture of a video as a JPEG. */
export const frameOf = (video: HTMLVideoElement): Promise<Blob> =>
  drawn(video, video.videoWidth, video.videoHeight);

/** Take a picture from a file. */
export async function pictureOf(file: File): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Unusable('NOT_A_PICTURE');
  });
  try {
    return file.type === 'image/jpeg' ? checked(file, image) : await drawn(image, image.width, image.height);
  } finally {
    image.close();
  }
}

function checked(file: File, { width, height }: ImageBitmap): Blob {
  check(width, height);
  return file;
}

function check(width: number, height: number): void {
  if (Math.max(width, height) < LEAST.long || Math.min(width, height) < LEAST.short)
    throw new Unusable('TOO_SMALL');
}

async function drawn(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  check(width, height);
  return jpegOf(source, width, height).catch(() => {
    throw new Unusable('NOT_A_PICTURE');
  });
}
