import { useEffect, useSyncExternalStore } from 'react';

export type Facing = 'environment' | 'user';
export type Camera =
  | { status: 'off' | 'asking' | 'refused' | 'absent' | 'busy' }
  | { status: 'live'; stream: MediaStream };

const LEAVES_AFTER_MS = 1500;
const BEST = { width: { ideal: 1920 }, height: { ideal: 1080 } };
const STATUS_OF: Record<string, 'refused' | 'absent'> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
};

let camera: Camera = { status: 'off' };
let facing: Facing | undefined;
let viewers = 0;
const listeners = new Set<() => void>();

function become(next: Camera): void {
  camera = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/**
 * The one camera of the app. Its stream lives above the screens: front, back and portrait share it, so that a
 * browser asks for permission once, and nobody is asked again after a refusal unless they press the button.
 */
export function useCamera(towards: Facing): Camera {
  const now = useSyncExternalStore(subscribe, () => camera);
  useEffect(() => {
    viewers += 1;
    void begin(towards);
    return () => {
      viewers -= 1;
      setTimeout(() => viewers === 0 && switchOff(), LEAVES_AFTER_MS);
    };
  }, [towards]);
  return now;
}

/** Go on with the stream there is, turn it round, or start one if the person allowed that before. */
async function begin(towards: Facing): Promise<void> {
  if (camera.status === 'live') {
    if (facing !== towards && (await canTurn())) await switchOn(towards);
  } else if (camera.status === 'off' && (await isAllowed())) {
    await switchOn(towards);
  }
}

/** Ask for the camera; call this for a press of a button only, or where it is known to be allowed. */
export async function switchOn(towards: Facing): Promise<void> {
  if (!navigator.mediaDevices?.getUserMedia) return become({ status: 'absent' });
  if (camera.status === 'asking') return;
  stop();
  become({ status: 'asking' });
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: towards, ...BEST },
      audio: false,
    });
    facing = towards;
    stream.getVideoTracks()[0]?.addEventListener('ended', () => become({ status: 'off' }));
    if (viewers === 0) return switchOff(stream);
    become({ status: 'live', stream });
  } catch (error) {
    become({ status: STATUS_OF[(error as DOMException).name] ?? 'busy' });
  }
}

function stop(stream = camera.status === 'live' ? camera.stream : undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Switch the camera off: its light goes out as soon as no screen needs it. */
function switchOff(stream?: MediaStream): void {
  stop(stream);
  if (camera.status === 'live' || camera.status === 'asking') become({ status: 'off' });
}

/** A phone has a second camera; turning to it asks for no new permission. */
async function canTurn(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.filter((device) => device.kind === 'videoinput').length > 1;
}

async function isAllowed(): Promise<boolean> {
  try {
    const permission = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return permission.state === 'granted';
  } catch {
    return false; // This browser does not tell: the person presses the button.
  }
}
