import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Refusal } from '../errors.ts';
import { openBlocks } from '../recording/blocks.ts';
import { partPath } from '../recording/part.ts';
import type { MediaNode } from '../relay/media_node.ts';
import type { Settings } from '../settings.ts';
import { playableCopy } from '../webm/copy.ts';
import type { Body } from './requests.ts';

/** Nothing, JSON, a file as it lies, or a picture with sound. */
export type Answer = undefined | object | Readable | Buffer;
type Handler = (body: Body, names: string[]) => Answer | Promise<Answer>;

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

/** The names in a path are checked by its pattern: none has a dot or a slash. */
const route = (method: string, path: string, handle: Handler): Route => ({
  method,
  path: new RegExp(`^${path.replaceAll('*', '([A-Za-z0-9_-]{1,64})')}$`),
  handle,
});

async function pathOf(settings: Settings, names: string[]): Promise<string> {
  const path = `${settings.directory}/${partPath(names.join('/'))}`;
  const file = await stat(path).catch(() => undefined);
  if (!file) throw new Refusal(404, 'no-such-part');
  return path;
}

async function copyOf(settings: Settings, key: Buffer, names: string[]): Promise<Buffer> {
  const sealed = await readFile(await pathOf(settings, names));
  try {
    return playableCopy(openBlocks(key, names.join('/'), sealed));
  } catch {
    throw new Refusal(409, 'unreadable-part');
  }
}

export const routesOf = (node: MediaNode, settings: Settings): Route[] => [
  route('GET', '/status', () => node.status()),
  route('GET', '/calls', () => ({ ...node.status(), calls: node.callStatuses() })),
  route('PUT', '/calls/*', (body, [call = '']) => {
    node.open(call, body.key(), body.flag('standby'));
    return node.status();
  }),
  route('POST', '/calls/*/begin', async (body, [call = '']) => {
    await node.call(call).begin({ least: body.counts('least'), viewers: body.names('viewers') });
    return undefined;
  }),
  route('DELETE', '/calls/*', (_, [call = '']) => node.end(call)),
  route('POST', '/calls/*/publications', (body, [call = '']) =>
    node
      .call(call)
      .publish(body.name('role'), body.count('part'), body.text('offer'), body.namesIfAny('audience')),
  ),
  route('DELETE', '/calls/*/publications/*', async (_, [call = '', role = '']) => {
    await node.call(call).unpublish(role);
    return undefined;
  }),
  route('POST', '/calls/*/views', (body, [call = '']) =>
    node.call(call).view(body.name('viewer'), body.names('feeds')),
  ),
  route('POST', '/calls/*/views/*/answer', async (body, [call = '', peer = '']) => {
    await node.call(call).answer(peer, body.text('answer'));
    return undefined;
  }),
  route('GET', '/calls/*/parts/*/*', async (_, names) => createReadStream(await pathOf(settings, names))),
  route('POST', '/calls/*/parts/*/*/copy', (body, names) => copyOf(settings, body.key(), names)),
];
