import { readFileSync } from 'node:fs';
import { PortPool } from './relay/ports.ts';

/** The settings of a media node, from its environment. */
export interface Settings {
  /** Where recordings are written: `<call>/<role>/<number>.webm.sealed`. */
  readonly directory: string;
  /** The secret by which the service is known, 16 characters or more. */
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** The addresses offered to browsers, besides those of this machine's interfaces; with `bind` these alone. */
  readonly addresses: string[];
  /** The address of the interface on which UDP is received; that of every interface if unset. */
  readonly bind: string | undefined;
  /** The UDP ports that connections may have; any that is free if unset. */
  readonly ports: PortPool | undefined;
  /** The most bits a second that one party's picture may take. */
  readonly bitrate: number;
  /** How long the calls under way may go on after the signal to end. */
  readonly drainSeconds: number;
}

/** Where a container finds what must not be in its environment. */
const SECRET_FILE = '/run/secrets/media_secret';
const SHORTEST_SECRET = 16;

function needed(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function portsOf(text: string): [number, number] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (!first || !last) throw new Error('MEDIA_PORTS is no range, such as 40000-40999');
  return [Number(first), Number(last)];
}

export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const secret = environment.MEDIA_SECRET ?? readFileSync(SECRET_FILE, 'utf8').trim();
  if (secret.length < SHORTEST_SECRET) throw new Error('MEDIA_SECRET is shorter than 16 characters');
  const addresses = needed(environment, 'MEDIA_ADDRESSES').split(',');
  return {
    directory: needed(environment, 'MEDIA_DIRECTORY'),
    secret,
    host: environment.MEDIA_HOST ?? '127.0.0.1',
    port: Number(environment.MEDIA_PORT ?? 0),
    addresses,
    bind: environment.MEDIA_BIND || undefined,
    ports: environment.MEDIA_PORTS
      ? new PortPool(portsOf(environment.MEDIA_PORTS), addresses.length + 1)
      : undefined,
    bitrate: Number(environment.MEDIA_BITRATE ?? 600_000),
    drainSeconds: Number(environment.MEDIA_DRAIN_SECONDS ?? 0),
  };
}
