const LEAST = { long: 900, short: 480 };
const LONGEST_SIDE = 3000;
const QUALITY = 0.92;

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
  jpegOf(video, video.videoWidth, video.videoHeight);

/** Take a picture from a file. */
export async function pictureOf(file: File): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Unusable('NOT_A_PICTURE');
  });
  try {
    return file.type === 'image/jpeg' ? checked(file, image) : await jpegOf(image, image.width, image.height);
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

async function jpegOf(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  check(width, height);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new Unusable('NOT_A_PICTURE');
  return blob;
}
