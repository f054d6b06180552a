import { afterEach, expect, test, vi } from 'vitest';
import { api } from './client.ts';

type Sent = { path: string; body: unknown };

/** Let the gateway refuse an activation until a refresh names the app; returns what it was sent. */
function behindGateway(displayMode: 'standalone' | 'browser'): Sent[] {
  const sent: Sent[] = [];
  let known = 'browser';
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(displayMode) }));
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('document', { documentElement: { lang: 'vi' } });
  vi.stubGlobal('fetch', async (input: Request | string, options?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(`https://chonso.example${input}`, options);
    const path = new URL(request.url).pathname;
    const body = await request.json();
    sent.push({ path, body });
    if (path.endsWith('/refresh')) known = body.client;
    const refused = !path.endsWith('/refresh') && known !== 'app';
    const problem = { type: '/problems/activation-channel', channels: ['app'] };
    return refused ? Response.json(problem, { status: 403 }) : Response.json({}, { status: 201 });
  });
  return sent;
}

const begun = () =>
  api.POST('/api/kyc/v1/sessions', { baseUrl: 'https://chonso.example', body: { hold_id: '1' } });

afterEach(() => vi.unstubAllGlobals());

test('the installed app renews a session that a tab has begun, and asks again', async () => {
  const sent = behindGateway('standalone');

  const { response } = await begun();

  expect(response.status).toBe(201);
  expect(sent.map(({ path }) => path)).toEqual([
    '/api/kyc/v1/sessions',
    '/api/identity/v1/sessions/refresh',
    '/api/kyc/v1/sessions',
  ]);
  expect(sent[1]?.body).toEqual({ client: 'app' });
  expect(sent[2]?.body).toEqual({ hold_id: '1' });
});

test('a tab of a browser is refused, and does not try to be an app', async () => {
  const sent = behindGateway('browser');

  const { response } = await begun();

  expect(response.status).toBe(403);
  expect(sent).toHaveLength(1);
});
