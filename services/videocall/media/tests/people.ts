import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openBlocks } from '../src/recording/blocks.ts';
import { MediaNode } from '../src/relay/media_node.ts';
import { settingsOf } from '../src/settings.ts';
import { type Scan, scanOf } from '../src/webm/reader.ts';
import { Caller } from './caller.ts';

export const key = randomBytes(32);
export const BITRATE = 600_000;

/** A node in this process, and people at their cameras around it. */
export class World {
  readonly node: MediaNode;
  readonly directory: string;
  private readonly callers: Caller[] = [];

  constructor(directory = mkdtempSync(`${tmpdir()}/media-`), ports?: string, bind = '127.0.0.1') {
    this.directory = directory;
    this.node = new MediaNode(
      settingsOf({
        MEDIA_DIRECTORY: directory,
        MEDIA_SECRET: 'a secret of these tests',
        MEDIA_ADDRESSES: '127.0.0.1',
        MEDIA_BIND: bind,
        MEDIA_BITRATE: String(BITRATE),
        MEDIA_PORTS: ports,
      }),
    );
  }

  /** Open a call, on standby if it rings, in which the customer publishes. */
  async publisher(call: string, part = 1, standby = false): Promise<Caller> {
    this.node.open(call, key, standby);
    const caller = this.caller();
    const { answer } = await this.node.call(call).publish('CUSTOMER', part, await caller.offer());
    await caller.publish(answer);
    return caller;
  }

  async viewer(call: string, name = 'AGENT'): Promise<Caller> {
    const viewer = this.caller();
    const { peer, offer } = await this.node.call(call).view(name, ['CUSTOMER']);
    await this.node.call(call).answer(peer, await viewer.view(offer));
    return viewer;
  }

  caller(): Caller {
    const caller = new Caller();
    this.callers.push(caller);
    return caller;
  }

  sealed(call: string, part = 1): Buffer {
    return readFileSync(`${this.directory}/${call}/CUSTOMER/${part}.webm.sealed`);
  }

  recorded(call: string, part = 1): Scan {
    return scanOf(openBlocks(key, `${call}/CUSTOMER/${part}`, this.sealed(call, part)));
  }

  async close(): Promise<void> {
    await Promise.all(this.callers.map((caller) => caller.close()));
    await this.node.close();
  }
}

/** Wait until something is true; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); ) {
    if (Date.now() > end) throw new Error(`not within ten seconds: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
