import { type Devices, switchOff, switchOnIfAllowed, useDevices } from '@chonso/media';
import { useEffect } from 'react';

/** Camera and microphone for as long as a call may be placed, is waited for or goes on; off again after that. */
export function useCallDevices(needed: boolean): Devices {
  useEffect(() => {
    if (!needed) return;
    void switchOnIfAllowed();
    return switchOff;
  }, [needed]);
  return useDevices();
}

/** The stream of devices that are on. */
export const streamOf = (devices: Devices): MediaStream | undefined =>
  devices.status === 'live' ? devices.stream : undefined;
