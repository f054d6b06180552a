import { createInterface } from 'node:readline';
import { Caller } from './caller.ts';

/**
 * A caller as a program: a line of JSON in is one action, a line of JSON out its result.
 *
 *     {"do": "offer"} | {"do": "publish", "sdp": answer} | {"do": "view", "sdp": offer} | {"do": "count"} | {"do": "pause"}
 */
interface Line {
  readonly do: 'offer' | 'publish' | 'view' | 'count' | 'pause';
  readonly sdp?: string;
}

let caller = new Caller();

async function act({ do: action, sdp = '' }: Line): Promise<object> {
  if (action === 'offer') {
    await caller.close();
    caller = new Caller();
    return { sdp: await caller.offer() };
  }
  if (action === 'publish') await caller.publish(sdp);
  if (action === 'view') return { sdp: await caller.view(sdp) };
  if (action === 'pause') caller.pause();
  return { frames: caller.frames, sounds: caller.sounds, seen: caller.counts() };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await act(JSON.parse(line)))}\n`);
}
process.exit(0);
