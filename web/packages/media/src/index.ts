export { useAwake } from './awake.ts';
export { type Devices, switchOff, switchOn, switchOnIfAllowed, useDevices } from './devices.ts';
export { LivePicture } from './LivePicture.tsx';
export type { LineState, Phase } from './line.ts';
export { listenTo } from './loudness.ts';
export { NetworkBars } from './NetworkBars.tsx';
export type { Bars } from './quality.ts';
export type { MediaState, Recording, Signalling } from './signalling.ts';
export { useLine } from './use_line.ts';
