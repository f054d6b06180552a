import { type Devices, type OpenLine, useLine } from '@chonso/media';
import { useMemo } from 'react';
import type { Call } from '../activation/calls.ts';
import { streamOf } from './devices.ts';
import { signallingOf } from './signalling.ts';

const CONNECTS = ['OFFERED', 'CONNECTING', 'IN_CALL'];

/** The line of a call, connected while it rings: picture and sound flow once the agent has accepted. */
export function useCallLine(call: Call | null, devices: Devices): OpenLine {
  const id = call && CONNECTS.includes(call.status) ? call.call_id : null;
  const signalling = useMemo(() => (id ? signallingOf(id) : null), [id]);
  return useLine(signalling, streamOf(devices));
}
