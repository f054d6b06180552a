import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, World } from './people.ts';

const world = new World();
after(() => world.close());

test('what one party sends, the other sees, and the disk has 98 % of', async () => {
  const caller = await world.publisher('whole');
  const viewer = await world.viewer('whole');
  await sleep(3_000);
  caller.pause();
  await sleep(600);
  const { parts } = await world.node.end('whole');

  const [part] = parts;
  assert.equal(part?.state, 'CLOSED');
  assert.ok((part?.video_frames ?? 0) >= caller.frames * 0.98, `${part?.video_frames} of ${caller.frames}`);
  assert.ok(viewer.counts().video > caller.frames * 2, `${viewer.counts().video} packets seen`);
  assert.deepEqual(world.recorded('whole').frames, { audio: part?.audio_frames, video: part?.video_frames });
});

test('of 5 % of packets lost on the way, every picture is recorded: they are sent again', async () => {
  const caller = await world.publisher('lossy');
  const recorded = () => world.node.call('lossy').status().parts[0]?.video_frames ?? 0;
  await until(() => recorded() > 0);
  caller.loss = 0.05;
  await sleep(3_000);
  caller.loss = 0;
  const whole = caller.frames;
  await until(() => caller.frames > whole + 3);
  caller.pause();
  await sleep(1_500);
  const { parts } = await world.node.end('lossy');

  assert.ok(
    (parts[0]?.video_frames ?? 0) >= caller.frames * 0.98,
    `${parts[0]?.video_frames} of ${caller.frames}`,
  );
});

test('a party that publishes anew begins a part, and the viewer goes on seeing', async () => {
  const caller = await world.publisher('again');
  const viewer = await world.viewer('again');
  await until(() => viewer.counts().video > 20);
  const second = await world.publisher('again', 2);
  await until(() => second.frames > 15);
  const before = viewer.counts().video;
  await until(() => viewer.counts().video > before + 20);

  const states = world.node
    .call('again')
    .status()
    .parts.map((part) => [part.part, part.state]);
  assert.deepEqual(states, [
    [1, 'CLOSED'],
    [2, 'RECORDING'],
  ]);
  caller.pause();
});

test('an older part never takes the place of a newer one', async () => {
  await world.publisher('order', 2);
  const late = world.caller();

  const publishing = world.node.call('order').publish('CUSTOMER', 1, await late.offer());

  await assert.rejects(publishing, { slug: 'published-since' });
});

test('a viewer who asks again has one view', async () => {
  await world.publisher('views');
  const first = await world.viewer('views');
  await until(() => first.counts().video > 10);
  const second = await world.viewer('views');
  await until(() => second.counts().video > 10);
  const seen = first.counts().video;
  await sleep(500);

  assert.ok(first.counts().video - seen < 5);
});

test('a disk that takes nothing fails the part, and the call goes on', async () => {
  writeFileSync(`${world.directory}/full`, 'where the call’s folder would be');
  const caller = await world.publisher('full');
  const viewer = await world.viewer('full');
  await until(() => world.node.call('full').status().parts[0]?.state === 'FAILED');

  await until(() => viewer.counts().video > 20);
  caller.pause();
});

test('a party that sends no RTCP for 30 seconds is gone, and the part is closed', async () => {
  await world.publisher('gone');
  await until(() => (world.node.call('gone').status().parts[0]?.video_frames ?? 0) > 5);

  world.node.call('gone').tick(Date.now() + 31_000);

  await until(() => world.node.call('gone').status().parts[0]?.state === 'CLOSED');
});

test('a description that is none is refused, and leaves nothing behind', async () => {
  world.node.open('bad', Buffer.alloc(32));

  await assert.rejects(world.node.call('bad').publish('CUSTOMER', 1, 'v=0 nonsense'), {
    slug: 'bad-description',
  });
  assert.deepEqual(world.node.call('bad').status().parts, []);
});
