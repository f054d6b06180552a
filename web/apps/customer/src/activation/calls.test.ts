import { describe, expect, it } from 'vitest';
import { type Call, usable } from './calls.ts';
import type { Activation, Session } from './journey.ts';

const BEGAN = Date.UTC(2026, 10, 9, 3, 0);
const id = `${BEGAN.toString(16)
  .padStart(12, '0')
  .replace(/^(.{8})/, '$1-')}-7abc-8abc-0123456789ab`;

const call = (changes: Partial<Call>): Call => ({
  call_id: id,
  hold_id: 'h',
  status: 'REJECTED',
  label_vi: '',
  position: null,
  wait_from_seconds: null,
  wait_to_seconds: null,
  reason_code: null,
  repeat: null,
  started_at: null,
  attempts_left: null,
  ...changes,
});
const passed = (at: number) => ({ passed_at: new Date(at).toISOString() }) as Session;
const refused = { status: 'REFUSED', waiting_for: ['VIDEO_CALL'] } as Activation;

describe('the newest call', () => {
  it('that refused the papers says nothing any more once newer papers have passed (G26)', () => {
    const rejected = call({ repeat: 'PHOTO' });
    expect(usable(rejected, { session: passed(BEGAN - 1), activation: null })).toBe(rejected);
    expect(usable(rejected, { session: passed(BEGAN + 1), activation: null })).toBeNull();
  });

  it('that asks for another call goes on saying so', () => {
    const rejected = call({ repeat: 'CALL' });
    expect(usable(rejected, { session: passed(BEGAN + 1), activation: null })).toBe(rejected);
  });

  it('is worth nothing once the connection was refused for it (G32)', () => {
    const approved = call({ status: 'APPROVED' });
    expect(usable(approved, { session: passed(BEGAN - 1), activation: refused })).toBeNull();
    expect(usable(approved, { session: passed(BEGAN - 1), activation: null })).toBe(approved);
  });
});
