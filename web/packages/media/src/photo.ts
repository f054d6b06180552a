import { jpegOf } from './jpeg.ts';

/** A picture of the own camera: a photo at its full resolution, or a frame of its track where it takes none. */
export type Taken = { picture: Blob; source: 'CAMERA' | 'TRACK' };

type Capture = { takePhoto: () => Promise<Blob> };
type Captures = { ImageCapture?: new (track: MediaStreamTrack) => Capture };

const PATIENCE_MS = 3_000;
const LARGEST_BYTES = 7_500_000;

/** Take a photo with the camera of a stream that may be published meanwhile. Rejects if it has no picture. */
export async function takePhoto(stream: MediaStream): Promise<Taken> {
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('the stream has no camera');
  const { ImageCapture } = window as Captures;
  const photo = ImageCapture && (await photoOf(new ImageCapture(track), track).catch(() => null));
  return photo ? { picture: photo, source: 'CAMERA' } : { picture: await frameOf(stream), source: 'TRACK' };
}

/** A camera's photo as a JPEG that is not too large; null if it is smaller than a frame of its track. */
async function photoOf(capture: Capture, track: MediaStreamTrack): Promise<Blob | null> {
  const photo = await within(capture.takePhoto());
  const image = await createImageBitmap(photo);
  try {
    if (image.width < (track.getSettings().width ?? 0)) return null;
    const isFit = photo.type === 'image/jpeg' && photo.size < LARGEST_BYTES;
    return isFit ? photo : await jpegOf(image, image.width, image.height);
  } finally {
    image.close();
  }
}

async function frameOf(stream: MediaStream): Promise<Blob> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await within(video.play());
    return await jpegOf(video, video.videoWidth, video.videoHeight);
  } finally {
    video.srcObject = null;
  }
}

/** Some cameras never answer. */
const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, fail) => setTimeout(() => fail(new Error('the camera is silent')), PATIENCE_MS)),
  ]);
