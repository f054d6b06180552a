import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBlocks } from '../src/recording/blocks.ts';
import { MediaNode } from '../src/relay/media_node.ts';
import { settingsOf } from '../src/settings.ts';
import { scanOf } from '../src/webm/reader.ts';
import { Caller } from './caller.ts';

const directory = mkdtempSync(`${tmpdir()}/media-`);
const settings = settingsOf({
  MEDIA_DIRECTORY: directory,
  MEDIA_SECRET: 'a secret of these tests',
  MEDIA_ADDRESSES: '127.0.0.1',
  MEDIA_BIND: '127.0.0.1',
});
const key = randomBytes(32);
const node = new MediaNode(settings);
after(() => node.close());

async function published(call: string, part: number, loss = 0): Promise<Caller> {
  const caller = new Caller(loss);
  const { answer } = await node.call(call).publish('CUSTOMER', part, await caller.offer());
  await caller.publish(answer);
  return caller;
}

async function viewed(call: string): Promise<Caller> {
  const viewer = new Caller();
  const { peer, offer } = await node.call(call).view('AGENT', ['CUSTOMER']);
  await node.call(call).answer(peer, await viewer.view(offer));
  return viewer;
}

function recorded(call: string, part: number) {
  const name = `${call}/CUSTOMER/${part}`;
  return scanOf(openBlocks(key, name, readFileSync(`${directory}/${name}.webm.sealed`)));
}

test('what one party sends, the other sees, and the disk has', async () => {
  node.open('whole', key);
  const caller = await published('whole', 1);
  const viewer = await viewed('whole');
  await sleep(3_000);
  caller.pause();
  await sleep(600);
  const { parts } = await node.end('whole');

  assert.equal(parts[0]?.state, 'CLOSED');
  assert.ok(
    (parts[0]?.video_frames ?? 0) >= caller.frames * 0.98,
    `${parts[0]?.video_frames} of ${caller.frames}`,
  );
  assert.ok(viewer.counts().video > caller.frames * 2, `${viewer.counts().video} packets seen`);
  assert.deepEqual(recorded('whole', 1).frames, {
    audio: parts[0]?.audio_frames,
    video: parts[0]?.video_frames,
  });
  await Promise.all([caller.close(), viewer.close()]);
});
