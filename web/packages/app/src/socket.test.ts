import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Said = { t: string; body: { ticket?: string; documents: { document: string; seq: number | null }[] } };

/** A line to a service that is played by the test. */
class Line {
  static lines: Line[] = [];
  static readonly OPEN = 1;
  readyState = 0;
  said: Said[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: (end: { code: number }) => void;
  constructor(readonly address: string) {
    Line.lines.push(this);
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  opens() {
    this.readyState = Line.OPEN;
    this.onopen?.();
  }
  says(t: string, more: object = {}) {
    this.onmessage?.({ data: JSON.stringify({ v: 1, t, ...more }) });
  }
  ends(code: number) {
    this.onclose?.({ code });
  }
}

const lines = (number: number) => vi.waitFor(() => expect(Line.lines).toHaveLength(number));
let tickets = 0;

beforeEach(() => {
  vi.resetModules();
  Line.lines = [];
  tickets = 0;
  vi.stubGlobal('WebSocket', Line);
  vi.stubGlobal('location', { origin: 'https://shop.example' });
  vi.stubGlobal('document', { documentElement: { lang: 'vi' } });
  vi.stubGlobal('fetch', async () => {
    tickets += 1;
    return Response.json({ ticket: `ticket ${tickets}` }, { status: 201 });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function watching() {
  const { socket } = await import('./socket.ts');
  const taken: unknown[] = [];
  const stop = socket.watch({ document: 'queue' }, (body) => taken.push(body));
  await lines(1);
  const line = Line.lines[0]!;
  line.opens();
  line.says('welcome', { body: { socket: 's', resume: 'resume' } });
  return { socket, line, taken, stop };
}

test('a document is live from its first message on, and each one is taken', async () => {
  const { socket, line, taken } = await watching();
  expect(line.address).toBe('wss://shop.example/api/videocall/ws');
  expect(line.said[0]).toMatchObject({ t: 'hello', body: { ticket: 'ticket 1' } });
  expect(socket.isLive({ document: 'queue' })).toBe(false);
  line.says('queue', { seq: 5, call: null, body: { waiting: 1 } });
  line.says('queue', { seq: 6, call: null, body: { waiting: 2 } });
  expect(socket.isLive({ document: 'queue' })).toBe(true);
  expect(taken).toEqual([{ waiting: 1 }, { waiting: 2 }]);
});

test('a lost socket is resumed without another ticket, with what is known already', async () => {
  const { socket, line } = await watching();
  line.says('queue', { seq: 6, call: null, body: {} });
  line.ends(1012);
  expect(socket.isLive({ document: 'queue' })).toBe(false);
  await lines(2);
  const next = Line.lines[1]!;
  next.opens();
  expect(next.said[0]!.body.ticket).toBe('resume');
  expect(next.said[0]!.body.documents).toEqual([{ document: 'queue', call: null, seq: 6 }]);
  next.says('welcome', { body: { socket: 's', resume: 'resume 2' } });
  expect(socket.isLive({ document: 'queue' })).toBe(true);
});

test('a document that is refused is asked for as before, and one that nobody watches is left', async () => {
  const { socket, line, stop } = await watching();
  line.says('queue', { seq: 6, call: null, body: {} });
  line.says('refusal', { call: null, body: { document: 'queue', problem: {} } });
  expect(socket.isLive({ document: 'queue' })).toBe(false);
  stop();
  await vi.waitFor(() => expect(line.said.at(-1)).toMatchObject({ t: 'watch', body: { documents: [] } }));
});
