import { applicationName, refreshLock } from './application.ts';
import { clientKind } from './client_kind.ts';

const REFRESH = '/api/identity/v1/sessions/refresh';
const listeners = new Set<() => void>();
let running: Promise<boolean> | null = null;

/** Call back when the sign-in has ended and could not be renewed. */
export function onSessionLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function lostSession(): void {
  for (const listener of listeners) listener();
}

/** Renew the access cookie, and say what this client is: an app may go on with a browser's cookies. One request at a time, in all tabs of the browser together. */
export function refresh(): Promise<boolean> {
  running ??= locked(async () => {
    const answer = await fetch(REFRESH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-by': applicationName() },
      body: JSON.stringify({ client: clientKind() }),
    });
    return answer.ok;
  }).finally(() => {
    running = null;
  });
  return running;
}

async function locked(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request(refreshLock(), work) : work();
}
