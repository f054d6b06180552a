import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { documentElement: { lang: 'vi' } });
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});
afterEach(() => vi.unstubAllGlobals());

/** Let somebody be signed in with an application whose token has run out; returns what it sent and which lock it took. */
async function asks(application: 'chonso-web' | 'chonso-console', remembered: string) {
  const names: (string | null)[] = [];
  const locks: string[] = [];
  const request = (name: string, work: () => unknown) => {
    locks.push(name);
    return work();
  };
  vi.stubGlobal('navigator', { onLine: true, locks: { request } });
  vi.stubGlobal('localStorage', { getItem: (key: string) => (key === remembered ? '1' : null) });
  vi.stubGlobal('fetch', async (input: Request | string, options?: RequestInit) => {
    const sent = input instanceof Request ? input : new Request(`https://chonso.example${input}`, options);
    names.push(sent.headers.get('x-requested-by'));
    return Response.json({}, { status: names.length === 1 ? 401 : 200 });
  });
  const { api, identifyAs } = await import('./index.ts');
  identifyAs(application);
  await api.GET('/api/hold/v1/holds', { baseUrl: 'https://chonso.example' });
  return { names, locks };
}

test('each application renews its own sign-in, under its own name and lock', async () => {
  const customer = await asks('chonso-web', 'signed-in');
  vi.resetModules();
  const console = await asks('chonso-console', 'chonso-console-signed-in');

  expect(customer).toEqual({ names: Array(3).fill('chonso-web'), locks: ['chonso-refresh'] });
  expect(console).toEqual({ names: Array(3).fill('chonso-console'), locks: ['chonso-console-refresh'] });
});

test('the console renews nothing when only a customer has signed in', async () => {
  const { names } = await asks('chonso-console', 'signed-in');

  expect(names).toEqual(['chonso-console']);
});
