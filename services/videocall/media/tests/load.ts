import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.ts';

/**
 * Calls of two parties each, as a program: `node load.ts ADDRESS SECRET`. A line of JSON in is one action, a line out its result.
 *
 *     {"do": "add", "calls": 3} → how long each viewer waited for the first picture (ms) | {"do": "count"} → totals of all calls
 */
const [address = '', secret = ''] = process.argv.slice(2);
const PARTIES = ['CUSTOMER', 'AGENT'] as const;
const FIRST_PICTURE_MS = 10_000;
const callers: Caller[] = [];

async function ask<T>(method: string, path: string, body: object): Promise<T> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const response = await fetch(`${address}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function view(call: string, viewer: string, feed: string, caller: Caller): Promise<number> {
  const begin = performance.now();
  const { peer, offer } = await ask<{ peer: string; offer: string }>('POST', `/calls/${call}/views`, {
    viewer,
    feeds: [feed],
  });
  await ask('POST', `/calls/${call}/views/${peer}/answer`, { answer: await caller.view(offer) });
  while (!caller.counts().video && performance.now() - begin < FIRST_PICTURE_MS) await sleep(5);
  return performance.now() - begin;
}

async function add(): Promise<number[]> {
  const call = randomUUID();
  await ask('PUT', `/calls/${call}`, { key: randomBytes(32).toString('base64') });
  const [customer, agent] = [new Caller(), new Caller()];
  callers.push(customer, agent);
  for (const [role, caller] of [
    ['CUSTOMER', customer],
    ['AGENT', agent],
  ] as const) {
    const offered = { role, part: 1, offer: await caller.offer() };
    const { answer } = await ask<{ answer: string }>('POST', `/calls/${call}/publications`, offered);
    await caller.publish(answer);
  }
  return [
    await view(call, PARTIES[1], PARTIES[0], agent),
    await view(call, PARTIES[0], PARTIES[1], customer),
  ];
}

async function act({ do: action, calls = 0 }: { do: 'add' | 'count'; calls?: number }): Promise<object> {
  const waits: number[] = [];
  for (let n = 0; action === 'add' && n < calls; n++) waits.push(...(await add()));
  return {
    waits,
    frames: callers.reduce((sum, caller) => sum + caller.frames, 0),
    seen: callers.reduce((sum, caller) => sum + caller.counts().video, 0),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await act(JSON.parse(line)))}\n`);
}
process.exit(0);
