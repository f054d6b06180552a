import assert from 'node:assert/strict';
import { KeyObject } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  PictureLossIndication,
  ReceiverEstimatedMaxBitrate,
  type RTCPeerConnection,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpSrPacket,
} from 'werift';
import { remb } from '../src/relay/bitrate.ts';
import { growReceiveBuffers, useKeyObjects } from '../src/relay/werift_internals.ts';
import { BITRATE, until, World } from './people.ts';

/** What we need of werift 0.25.2 and cannot see in its types: an upgrade that moves it fails here. */
const world = new World();
after(() => world.close());

function rtcpOf(pc: RTCPeerConnection): RtcpPacket[] {
  const packets: RtcpPacket[] = [];
  pc.dtlsTransports[0]?.onRtcp.subscribe((packet) => packets.push(packet));
  return packets;
}

const feedbackOf = (packets: RtcpPacket[]): unknown[] =>
  packets.filter((packet) => packet instanceof RtcpPayloadSpecificFeedback).map((packet) => packet.feedback);

test('our descriptions name one address, one transport, no extensions, and the cap', async () => {
  world.node.open('sdp', Buffer.alloc(32));
  const { answer } = await world.node.call('sdp').publish('CUSTOMER', 1, await world.caller().offer());
  const { offer } = await world.node.call('sdp').view('AGENT', ['CUSTOMER']);

  for (const description of [answer, offer]) {
    const candidates = description.match(/^a=candidate:.*$/gm) ?? [];
    assert.ok(candidates.length > 0);
    assert.ok(
      candidates.every((line) => / udp /i.test(line) && / 127\.0\.0\.1 \d+ typ host/.test(line)),
      description,
    );
    assert.match(description, /^a=ice-lite/m);
    assert.match(description, /^a=group:BUNDLE 0 1/m);
    assert.doesNotMatch(description, /^a=extmap:/m);
    assert.doesNotMatch(description, /transport-cc/);
  }
  assert.match(answer, new RegExp(`m=video[\\s\\S]*b=AS:${BITRATE / 1000}\\r\\nb=TIAS:${BITRATE}`));
  assert.match(offer, /a=msid:feed-CUSTOMER /);
});

test('a node that listens everywhere offers the addresses of this machine, too', async () => {
  const open = new World(undefined, undefined, '');
  open.node.open('sdp', Buffer.alloc(32));
  const { offer } = await open.node.call('sdp').view('AGENT', ['CUSTOMER']);
  const offered = [...offer.matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map(([, address]) => address);
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outer = own
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

  assert.deepEqual(new Set(offered), new Set(['127.0.0.1', ...outer]));
  await open.close();
});

test('a process that was kept from its work says so', async () => {
  const end = Date.now() + 400;
  while (Date.now() < end);

  await until(() => world.node.status().loop_lag_ms >= 300);
});

test('connections that begin at once have ports of their own in the range, and give them back', async () => {
  const few = new World(undefined, '41000-41005');
  few.node.open('ports', Buffer.alloc(32));
  const offers = await Promise.all(
    ['one', 'two', 'three'].map((viewer) => few.node.call('ports').view(viewer, ['CUSTOMER'])),
  );
  const ports = offers.map(({ offer }) => /127\.0\.0\.1 (\d+) typ host/.exec(offer)?.[1]);

  assert.deepEqual(ports.toSorted(), ['41000', '41002', '41004']);
  await assert.rejects(few.node.call('ports').view('four', ['CUSTOMER']), { slug: 'no-port-left' });
  await few.node.end('ports');
  few.node.open('ports', Buffer.alloc(32));
  await few.node.call('ports').view('four', ['CUSTOMER']);
  await few.close();
});

test('the keys of a connection become key objects, the buffers of its sockets grow', async () => {
  const caller = await world.publisher('keys');

  assert.ok(growReceiveBuffers(caller.publisher) >= 1);
  assert.ok(useKeyObjects(caller.publisher.dtlsTransports[0]) >= 4);
  assert.equal(useKeyObjects(caller.publisher.dtlsTransports[0]), 0);
  const { srtp } = caller.publisher.dtlsTransports[0] as unknown as {
    srtp: { localContext: { cipher: Record<string, unknown> } };
  };
  assert.ok(srtp.localContext.cipher.srtpSessionKey instanceof KeyObject);
  const sent = caller.frames;
  await until(() => caller.frames > sent + 5);
});

test('a viewer has the sender’s own clock: reports are relayed, and none is made up', async () => {
  const caller = await world.publisher('reports');
  const sent: bigint[] = [];
  const dtls = caller.publisher.dtlsTransports[0];
  assert.ok(dtls);
  const send = dtls.sendRtcp.bind(dtls);
  dtls.sendRtcp = (packets) => {
    for (const packet of packets)
      if (packet instanceof RtcpSrPacket) sent.push(packet.senderInfo.ntpTimestamp);
    return send(packets);
  };
  const viewer = await world.viewer('reports');
  const [received] = viewer.viewers.map(rtcpOf);
  const reports = () => received?.filter((packet) => packet instanceof RtcpSrPacket) ?? [];
  await until(() => reports().length >= 3);

  assert.deepEqual(
    reports().filter((report) => !sent.includes(report.senderInfo.ntpTimestamp)),
    [],
  );
});

test('a viewer’s wish for a whole picture reaches the sender, at most twice a second', async () => {
  const caller = await world.publisher('pictures');
  const viewer = await world.viewer('pictures');
  await until(() => viewer.counts().video > 20);
  const asked = rtcpOf(caller.publisher);
  const [pc] = viewer.viewers;
  const ssrc = viewer.videoSsrc ?? 0;
  for (let i = 0; i < 100; i++) {
    const feedback = new PictureLossIndication({ senderSsrc: 1, mediaSsrc: ssrc });
    await pc?.dtlsTransports[0]?.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback })]);
    await sleep(10);
  }

  const wishes = feedbackOf(asked).filter((feedback) => feedback instanceof PictureLossIndication).length;
  assert.ok(wishes >= 1 && wishes <= 4, `${wishes} wishes`);
});

test('a sender is told our cap, never what a viewer can take', async () => {
  const caller = await world.publisher('cap');
  const told = rtcpOf(caller.publisher);
  const viewer = await world.viewer('cap');
  await until(() => viewer.counts().video > 20);
  for (let i = 0; i < 10; i++) {
    await viewer.viewers[0]?.dtlsTransports[0]?.sendRtcp([remb(30_000, 1, viewer.videoSsrc ?? 0)]);
    await sleep(200);
  }

  const caps = feedbackOf(told).filter((feedback) => feedback instanceof ReceiverEstimatedMaxBitrate);
  assert.ok(caps.length >= 1);
  assert.deepEqual(new Set(caps.map((cap) => Number(cap.bitrate) >> 10)), new Set([BITRATE >> 10]));
});

test('what a viewer gets has no header extensions, and passes where 16 bits end', async () => {
  await world.publisher('headers');
  const viewer = await world.viewer('headers');
  await until(() => viewer.counts().video > 300);

  assert.equal(viewer.extensions, 0);
});
