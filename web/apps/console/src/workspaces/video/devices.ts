import { useSyncExternalStore } from 'react';

/** The agent's own camera and microphone: one stream above the screens, so that a browser asks once. */
export type Devices =
  | { status: 'off' | 'asking' | 'refused' | 'absent' }
  | { status: 'live'; stream: MediaStream };

const BEST = { width: { ideal: 1280 }, height: { ideal: 720 } };
let devices: Devices = { status: 'off' };
const listeners = new Set<() => void>();

function become(next: Devices): void {
  devices = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useDevices = (): Devices => useSyncExternalStore(subscribe, () => devices);

/** Ask for camera and microphone; call this for a press, or where it was allowed before. */
export async function switchOn(): Promise<void> {
  if (devices.status === 'live' || devices.status === 'asking') return;
  if (!navigator.mediaDevices?.getUserMedia) return become({ status: 'absent' });
  become({ status: 'asking' });
  try {
    become({
      status: 'live',
      stream: await navigator.mediaDevices.getUserMedia({ video: BEST, audio: true }),
    });
  } catch (error) {
    const { name } = error as DOMException;
    become({ status: name === 'NotAllowedError' ? 'refused' : 'absent' });
  }
}

/** Switch camera and microphone off: their lights go out. */
export function switchOff(): void {
  if (devices.status !== 'live') return;
  for (const track of devices.stream.getTracks()) track.stop();
  become({ status: 'off' });
}

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
