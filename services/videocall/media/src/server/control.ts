import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { Refusal } from '../errors.ts';
import { kindOf, log } from '../log.ts';
import type { MediaNode } from '../relay/media_node.ts';
import type { Settings } from '../settings.ts';
import { Body, isFromService } from './requests.ts';
import { type Answer, type Route, routesOf } from './routes.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** The HTTP server by which the service, and nobody else, opens calls and relays descriptions. */
export function controlServer(node: MediaNode, settings: Settings): Server {
  const routes = routesOf(node, settings);
  return createServer((request, response) => {
    const probed = probe(node, request);
    if (probed) {
      response.writeHead(probed).end();
      return;
    }
    handle(routes, settings, request).then(
      (answer) => send(response, answer),
      (error) => refuse(response, error),
    );
  });
}

/** Kubernetes and the local stack ask without a secret: is the process alive, does it take more calls? */
function probe(node: MediaNode, request: IncomingMessage): number | undefined {
  if (request.url === '/livez') return 200;
  if (request.url === '/readyz') return node.draining ? 503 : 200;
  return undefined;
}

async function handle(routes: Route[], settings: Settings, request: IncomingMessage): Promise<Answer> {
  if (!isFromService(request, settings.secret)) throw new Refusal(401, 'unauthorised');
  for (const route of routes) {
    const match = request.method === route.method && route.path.exec(request.url ?? '');
    if (match) return route.handle(await Body.of(request), match.slice(1));
  }
  throw new Refusal(404, 'no-such-route');
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === undefined) response.writeHead(204).end();
  else if (Buffer.isBuffer(answer)) response.writeHead(200, { 'content-type': 'video/webm' }).end(answer);
  else if (answer instanceof Readable) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    pipeline(answer, response, () => {});
  } else response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer));
}

function refuse(response: ServerResponse, error: unknown): void {
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal-error');
  if (refusal !== error) log('error', 'request_failed', { error: kindOf(error) });
  response.writeHead(refusal.status, JSON_TYPE).end(JSON.stringify({ error: refusal.slug }));
}
