import { describe, expect, it } from 'vitest';
import type { Activation, Session } from './journey.ts';
import { allows, pathOf, stepAfter, stepOf, stepToMend, stepToRepeat } from './steps.ts';

const session = (changes: Partial<Session>): Session => ({
  session_id: 's',
  hold_id: 'h',
  status: 'DRAFT',
  label_vi: '',
  attempt: 0,
  attempts_left: 3,
  declared: false,
  missing: [],
  images: [],
  verdict: {},
  reasons: [],
  repeat: null,
  passed_at: null,
  ...changes,
});

const activation = (changes: Partial<Activation>): Activation => ({
  hold_id: 'h',
  sim: 'ESIM',
  status: 'DRAFT',
  label_vi: '',
  waiting_for: ['KYC', 'VIDEO_CALL'],
  sim_photographed: false,
  msisdn: null,
  reason_code: null,
  reason_text: null,
  repeat: null,
  deadline: null,
  connected_at: null,
  ...changes,
});

const at = (s: Session | null, a: Activation | null = null, sim: 'ESIM' | 'PHYSICAL' = 'ESIM') => ({
  session: s,
  activation: a,
  slip: { sim },
});
const reasons = (...codes: string[]) => codes.map((code) => ({ code, text_vi: '', text_en: '' }));

describe('the path', () => {
  it('has the serial for a card only (F5a.9, F5b.8)', () => {
    expect(pathOf('ESIM')).not.toContain('serial');
    expect(stepAfter('call', 'PHYSICAL')).toBe('serial');
    expect(stepAfter('call', 'ESIM')).toBe('sign');
    expect(stepAfter('review', 'ESIM')).toBe('outcome');
  });
});

describe('the step to go on at', () => {
  it('is the first part that is missing (F5a.4, F5a.5)', () => {
    expect(stepOf(at(null))).toBe('info');
    expect(stepOf(at(session({ missing: ['DECLARATION', 'FRONT'] })))).toBe('info');
    expect(stepOf(at(session({ missing: ['BACK', 'PORTRAIT'] })))).toBe('back');
    expect(stepOf(at(session({})))).toBe('result');
  });

  it('is the result while the check runs, failed or waits for a person (F5a.7)', () => {
    for (const status of ['KYC_CHECKING', 'KYC_FAILED', 'NEEDS_REVIEW'] as const)
      expect(stepOf(at(session({ status })))).toBe('result');
    expect(stepOf(at(session({ reasons: reasons('KYC_TOO_OLD') })))).toBe('result');
  });

  it('is the call, then serial and photo of a card, then the signature (F5a.8, F5a.9)', () => {
    const passed = session({ status: 'KYC_PASSED' });
    expect(stepOf(at(passed, activation({ waiting_for: ['VIDEO_CALL'] })))).toBe('call');
    expect(stepOf(at(passed, activation({ waiting_for: [] })))).toBe('sign');
    expect(stepOf(at(passed, activation({ waiting_for: ['SIM_SERIAL'] }), 'PHYSICAL'))).toBe('serial');
    expect(stepOf(at(passed, activation({ waiting_for: [] }), 'PHYSICAL'))).toBe('serial');
    const photographed = activation({ waiting_for: [], sim_photographed: true });
    expect(stepOf(at(passed, photographed, 'PHYSICAL'))).toBe('sign');
  });

  it('is sending what is signed, and then the outcome (F5a.10, F5a.16)', () => {
    expect(stepOf(at(session({ status: 'KYC_PASSED' }), activation({ status: 'SIGNED' })))).toBe('review');
    expect(stepOf(at(session({}), activation({ status: 'REFUSED' })))).toBe('outcome');
  });
});

describe('a refusal', () => {
  it('reopens exactly the failing step (F5a.7 TH1, G32)', () => {
    expect(stepToMend(session({ repeat: 'EDIT', reasons: reasons('FORM_MISMATCH:full_name') }))).toBe('info');
    expect(stepToMend(session({ repeat: 'PHOTO', reasons: reasons('FACE_QUALITY') }))).toBe('portrait');
    expect(stepToMend(session({ repeat: 'PHOTO', reasons: reasons('FACE_NONE', 'DOC_BLUR') }))).toBe('front');
    expect(stepToMend(session({ repeat: 'STORE', reasons: reasons('ID_QUOTA_EXCEEDED') }))).toBe('STORE');
  });

  it('of the connection leads to the step it names (F5a.18 TH1)', () => {
    const open = session({ reasons: reasons('PHOTO_UNCLEAR'), repeat: 'PHOTO' });
    const passed = session({ status: 'KYC_PASSED' });
    const refused = (waiting_for: string[]) => activation({ status: 'REFUSED', waiting_for });
    expect(stepToRepeat('PHOTO', at(open, refused(['KYC', 'VIDEO_CALL'])))).toBe('front');
    expect(stepToRepeat('CALL', at(passed, refused(['VIDEO_CALL'])))).toBe('call');
    expect(stepToRepeat('SERIAL', at(passed, refused(['SIM_SERIAL']), 'PHYSICAL'))).toBe('serial');
    expect(stepToRepeat('SIGN', at(passed, refused([])))).toBe('sign');
    expect(stepToRepeat('STORE', at(passed, refused([])))).toBe('STORE');
  });

  it('that only a store can mend opens no form', () => {
    expect(allows('info', at(session({ status: 'KYC_FAILED', repeat: 'STORE' })))).toBe(false);
    expect(allows('info', at(session({ status: 'KYC_FAILED', repeat: 'EDIT' })))).toBe(true);
  });
});
