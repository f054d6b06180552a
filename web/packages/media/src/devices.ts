import { useSyncExternalStore } from 'react';

type Device = 'CAMERA' | 'MICROPHONE';

/** The person's own camera and microphone, or why there are none, and which of the two is at fault. */
export type Devices =
  | { status: 'off' }
  | { status: 'asking' }
  | { status: 'refused'; device: Device }
  | { status: 'absent'; device: Device }
  | { status: 'busy'; device: Device }
  | { status: 'live'; stream: MediaStream };

/** A still of 900 × 480 needs a picture of this size; 15 frames a second fit into the bandwidth of a call. */
const BEST: MediaStreamConstraints = {
  video: {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 15, max: 24 },
    facingMode: 'user',
  },
  audio: true,
};
const STATUS_OF: Record<string, 'refused' | 'absent'> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
};

let devices: Devices = { status: 'off' };
let opening = 0;
const listeners = new Set<() => void>();

function become(next: Devices): void {
  devices = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The devices as they are now. Their stream lives above the screens: a browser asks for permission once. */
export const useDevices = (): Devices => useSyncExternalStore(subscribe, () => devices);

/** Ask for camera and microphone; call this for a press of a button, or where they are known to be allowed. */
export async function switchOn(): Promise<void> {
  if (devices.status === 'live' || devices.status === 'asking') return;
  if (!navigator.mediaDevices?.getUserMedia) return become({ status: 'absent', device: 'CAMERA' });
  opening += 1;
  const turn = opening;
  become({ status: 'asking' });
  try {
    const stream = await navigator.mediaDevices.getUserMedia(BEST);
    if (turn !== opening) return stop(stream);
    for (const track of stream.getTracks()) track.addEventListener('ended', () => lose(stream));
    become({ status: 'live', stream });
  } catch (error) {
    const status = STATUS_OF[(error as DOMException).name] ?? 'busy';
    const device = status === 'busy' ? 'CAMERA' : await deviceAtFault(status);
    if (turn === opening) become({ status, device });
  }
}

/** Switch on without asking, where the person has allowed both before; a press does it elsewhere. */
export async function switchOnIfAllowed(): Promise<void> {
  if (devices.status === 'off' && (await stateOf('camera')) === 'granted') {
    if ((await stateOf('microphone')) === 'granted') await switchOn();
  }
}

/** Switch camera and microphone off: their lights go out. */
export function switchOff(): void {
  opening += 1;
  if (devices.status === 'live') stop(devices.stream);
  if (devices.status !== 'off') become({ status: 'off' });
}

const stop = (stream: MediaStream) => stream.getTracks().forEach((track) => void track.stop());

/** A device was pulled out, or taken away by the system: it has to be switched on again. */
function lose(stream: MediaStream): void {
  if (devices.status === 'live' && devices.stream === stream) switchOff();
}

async function deviceAtFault(status: 'refused' | 'absent'): Promise<Device> {
  if (status === 'refused') {
    const isMicrophone =
      (await stateOf('microphone')) === 'denied' && (await stateOf('camera')) === 'granted';
    return isMicrophone ? 'MICROPHONE' : 'CAMERA';
  }
  const found = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return found.some(({ kind }) => kind === 'videoinput') ? 'MICROPHONE' : 'CAMERA';
}

async function stateOf(name: 'camera' | 'microphone'): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return undefined; // This browser does not tell.
  }
}
