import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { kindOf, log } from './log.ts';
import { MediaNode } from './relay/media_node.ts';
import { controlServer } from './server/control.ts';
import { settingsOf } from './settings.ts';

/** A media node: `node src/main.ts`, told by its environment. A signal drains it, a second one ends it at once. */
const settings = settingsOf(process.env);
mkdirSync(settings.directory, { recursive: true });
const node = new MediaNode(settings);
const server = controlServer(node, settings);
server.listen(settings.port, settings.host, () => {
  log('info', 'media_node_listening', { port: (server.address() as AddressInfo).port, boot: node.boot });
});

async function drainAndEnd(): Promise<void> {
  if (node.draining) process.exit(1);
  node.draining = true;
  log('info', 'media_node_draining', { calls: node.size });
  for (let second = 0; node.size && second < settings.drainSeconds; second++) await sleep(1_000);
  await node.close();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, drainAndEnd);
process.on('unhandledRejection', (error) => log('error', 'unhandled_rejection', { error: kindOf(error) }));
