// The shell of the app, kept for days without a network: pages network first, files from the cache, never `/api`.
declare const __SHELL__: string[];
declare const __REVISION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `shell-${__REVISION__}`;
const NOT_OURS = /^\/(api|sim|console)(\/|$)/;

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(__SHELL__);
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/index.html')) ?? Response.error();
  }
}

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});
