import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { RtpHeader } from 'werift';
import { firstHead, openBlocks, sealBlock } from '../src/recording/blocks.ts';
import { Reorder } from '../src/recording/reorder.ts';
import { SealedFile } from '../src/recording/sealed_file.ts';
import { Timeline } from '../src/recording/timeline.ts';
import { playableCopy } from '../src/webm/copy.ts';
import { ID, idBytes } from '../src/webm/elements.ts';
import { scanOf } from '../src/webm/reader.ts';
import { clusterHeader, fileHeader, simpleBlock } from '../src/webm/writer.ts';

const key = randomBytes(32);
const NAME = 'call/CUSTOMER/1';

function sealed(...contents: string[]): Buffer {
  let head = firstHead(NAME);
  const blocks = contents.map((content, index) => {
    const block = sealBlock(key, NAME, index, head, Buffer.from(content));
    head = block.head;
    return block.bytes;
  });
  return Buffer.concat(blocks);
}

test('blocks are opened with the key of their call, in their place, and no other', () => {
  const file = sealed('one ', 'two ', 'three');

  assert.equal(openBlocks(key, NAME, file).toString(), 'one two three');
  assert.throws(() => openBlocks(randomBytes(32), NAME, file));
  assert.throws(() => openBlocks(key, 'call/AGENT/1', file));
  assert.throws(() => openBlocks(key, NAME, file.subarray(sealed('one ').length)));
});

test('a file that a dying process left is open up to its last whole block', () => {
  const file = sealed('one ', 'two ', 'three');

  for (const cut of [1, 20, 40, 60]) {
    assert.equal(openBlocks(key, NAME, file.subarray(0, file.length - cut)).toString(), 'one two ');
  }
});

test('the clear text of a recording is nowhere on the disk', async () => {
  const path = `${mkdtempSync(`${tmpdir()}/sealed-`)}/part`;
  const file = new SealedFile(path, key, NAME, assert.ifError);
  file.write(Buffer.from('a secret picture'));
  await file.close();

  assert.equal(readFileSync(path).includes('secret'), false);
  assert.equal(file.blocks, 1);
});

test('a part that is there already is not written over', async () => {
  const path = `${mkdtempSync(`${tmpdir()}/sealed-`)}/part`;
  await new SealedFile(path, key, NAME, assert.ifError).close();
  const failures: unknown[] = [];

  await assert.rejects(new SealedFile(path, key, NAME, (error) => failures.push(error)).close());
  assert.equal((failures[0] as { code?: string }).code, 'EEXIST');
});

const packet = (sequenceNumber: number, arrival: number) => ({
  header: new RtpHeader({ sequenceNumber }),
  payload: Buffer.alloc(1),
  arrival,
});

test('packets come out in order over the end of 16 bits, late ones within the wait', () => {
  const out: [number, boolean][] = [];
  const reorder = new Reorder((each, gap) => out.push([each.header.sequenceNumber, gap]), 400);
  for (const [sequence, arrival] of [
    [65_534, 0],
    [0, 10],
    [65_535, 300],
    [3, 320],
    [4, 500],
    [5, 730],
  ] as const) {
    reorder.push(packet(sequence, arrival));
  }

  assert.deepEqual(out, [
    [65_534, false],
    [65_535, false],
    [0, false],
    [3, true],
    [4, false],
    [5, false],
  ]);
  assert.equal(reorder.lost, 2);
});

test('sound is moved onto the clock of the picture by 1 ms a frame', () => {
  const timeline = new Timeline();
  timeline.ms('video', 0, 0);
  timeline.ms('audio', 0, 300); // came 300 ms late, of the same moment
  timeline.report('video', 100n << 32n, 0);
  timeline.report('audio', 100n << 32n, 0);
  const times = Array.from({ length: 400 }, (_, n) => timeline.ms('audio', (n + 1) * 960, 0));

  assert.equal(times[0], 319);
  assert.equal(times.at(-1), 8_000);
});

test('a recorded file is read back, and its copy has a duration, cues and known sizes', () => {
  const header = fileHeader(['audio', 'video'], { width: 640, height: 480 }, Date.UTC(2026, 10, 30));
  const frames = [0, 1, 2].flatMap((cluster) => [
    clusterHeader(cluster * 1_000),
    simpleBlock('video', 0, true, Buffer.alloc(500, cluster)),
    simpleBlock('audio', 40, true, Buffer.alloc(40)),
    simpleBlock('video', 20, false, Buffer.alloc(300)),
  ]);
  const recorded = Buffer.concat([header, ...frames]);
  const scan = scanOf(Buffer.concat([recorded, Buffer.from('a3', 'hex')]));

  assert.deepEqual(scan.frames, { audio: 3, video: 6 });
  assert.deepEqual([scan.startedAt, scan.lastMs, scan.truncated], [Date.UTC(2026, 10, 30), 2_040, true]);
  const copy = playableCopy(recorded);
  assert.deepEqual(scanOf(copy).frames, scan.frames);
  assert.ok(copy.includes(idBytes(ID.Duration)) && copy.includes(idBytes(ID.Cues)));
  assert.equal(copy.includes(Buffer.from('01ffffffffffffff', 'hex')), false);
  const times = scanOf(copy).clusters[0]?.blocks.map((block) => block.ms);
  assert.deepEqual(times, [0, 20, 40]);
});
