import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { key, until, World } from './people.ts';

const world = new World();
after(() => world.close());

const beginning = (least: number, ...viewers: string[]) => ({
  least: new Map([['CUSTOMER', least]]),
  viewers,
});

test('while a call rings nothing is passed on or recorded; then all is, from a whole picture on', async () => {
  const call = 'ringing';
  const caller = await world.publisher(call, 1, true);
  const viewer = await world.viewer(call);
  await until(() => caller.frames > 20);
  const ringing = world.node.call(call).status();
  const seen = viewer.counts();

  await world.node.call(call).begin(beginning(1, 'AGENT'));
  const before = caller.frames;
  await until(() => viewer.counts().video > 40);
  caller.pause();
  const { standby, parts } = await world.node.end(call);

  assert.deepEqual(seen, { audio: 0, video: 0 });
  assert.deepEqual(
    [ringing.standby, ringing.parts[0]?.state, ringing.parts[0]?.bytes],
    [true, 'STARTING', 0],
  );
  assert.equal(standby, false);
  const sent = caller.frames - before;
  assert.ok(Math.abs((parts[0]?.video_frames ?? 0) - sent) <= 2, `${parts[0]?.video_frames} of ${sent}`);
});

test('a call that is never accepted leaves no part and no file', async () => {
  const caller = await world.publisher('missed', 1, true);
  await until(() => caller.frames > 10);

  const { parts } = await world.node.end('missed');

  assert.deepEqual(parts, []);
  assert.ok(!existsSync(`${world.directory}/missed`));
});

test('what was published for an offer that is over, and who viewed by it, ends when the call begins', async () => {
  const call = 'declined';
  await world.publisher(call, 1, true);
  const [gone, present] = [await world.viewer(call, 'first'), await world.viewer(call, 'second')];

  await world.node.call(call).begin(beginning(2, 'second'));
  const late = world.caller();
  const tooOld = world.node.call(call).publish('CUSTOMER', 1, await late.offer());

  await assert.rejects(tooOld, { slug: 'published-since' });
  assert.deepEqual(world.node.call(call).status().parts, []);
  await world.publisher(call, 2);
  await until(() => present.counts().video > 20);
  assert.equal(gone.counts().video, 0);
});

test('who views a ringing call is not taken for gone, however long it rings', async () => {
  const call = 'patient';
  world.node.open(call, key, true);
  const viewer = await world.viewer(call);

  world.node.call(call).tick(Date.now() + 120_000);
  await world.node.call(call).begin(beginning(1, 'AGENT'));
  world.node.call(call).tick(Date.now());
  await world.publisher(call);

  await until(() => viewer.counts().video > 20);
});
