import type { Activation, Journey, Session } from './journey.ts';

export type Step =
  | 'info'
  | 'front'
  | 'back'
  | 'portrait'
  | 'result'
  | 'call'
  | 'serial'
  | 'sign'
  | 'review'
  | 'outcome';

const PATH: Step[] = ['info', 'front', 'back', 'portrait', 'result', 'call', 'serial', 'sign', 'review'];
const PHOTOS: Record<string, Step> = { FRONT: 'front', BACK: 'back', PORTRAIT: 'portrait' };
const SENT = [
  'QUEUED',
  'CONNECTING',
  'ESIM_QR_SENT',
  'ESIM_INSTALL_FAILED',
  'ACTIVATED',
  'REFUSED',
  'EXPIRED',
  'CLOSED',
];
const EDITABLE = ['DRAFT', 'KYC_FAILED'];

/** The steps of one kind of SIM, in order; only a card has a serial (F5a.9). */
export const pathOf = (sim: 'PHYSICAL' | 'ESIM'): Step[] =>
  PATH.filter((step) => sim === 'PHYSICAL' || step !== 'serial');

/** The step after another one. */
export const stepAfter = (step: Step, sim: 'PHYSICAL' | 'ESIM'): Step => {
  const path = pathOf(sim);
  return path[path.indexOf(step) + 1] ?? 'outcome';
};

type State = Pick<Journey, 'session' | 'activation'> & { slip: { sim: 'PHYSICAL' | 'ESIM' } };

/** The step at which a customer goes on, by all that the services say (F5a, F5b, G32). */
export function stepOf(state: State): Step {
  const status = state.activation?.status ?? 'NOT_STARTED';
  if (SENT.includes(status)) return 'outcome';
  if (status === 'SIGNED') return 'review';
  return workOf(state);
}

/** The step that a customer has to do next, also after a refusal that left the other steps valid. */
export function workOf({ session, activation, slip }: State): Step {
  if (!session || session.status === 'CLOSED') return 'info';
  if (session.status === 'DRAFT' && session.reasons.length === 0) return partOf(session);
  if (session.status !== 'KYC_PASSED') return 'result';
  const waiting = activation?.waiting_for ?? ['VIDEO_CALL'];
  if (waiting.includes('KYC') || waiting.includes('VIDEO_CALL')) return 'call';
  const needsCard = slip.sim === 'PHYSICAL' && (waiting.includes('SIM_SERIAL') || !hasPhoto(activation));
  return needsCard ? 'serial' : 'sign';
}

const hasPhoto = (activation: Activation | null): boolean => activation?.sim_photographed ?? false;

/** The part of the papers that is missing first, or the page that sends them. */
function partOf(session: Session): Step {
  const [missing] = session.missing;
  if (missing === 'DECLARATION') return 'info';
  return PHOTOS[missing ?? ''] ?? 'result';
}

/** The first picture that the reasons of a refused check are about, if they are about pictures. */
export function pictureToMend(session: Session): Step | undefined {
  const codes = session.reasons.map((reason) => reason.code);
  if (codes.some((code) => /^(DOC_|PHOTO_|EKYC_|DB_MISMATCH)/.test(code))) return 'front';
  return codes.some((code) => /^(FACE_|LIVENESS_|KYC_TOO_OLD)/.test(code)) ? 'portrait' : undefined;
}

/** The step that mends the reasons of a refused check: a face is taken again, a card, or the form is changed. */
export function stepToMend(session: Session): Step | 'STORE' {
  if (session.repeat === 'STORE') return 'STORE';
  if (session.repeat === 'EDIT') return 'info';
  return pictureToMend(session) ?? 'front';
}

/**
 * The step to which a refused connection leads (F5a.18 TH1, F5b.20 TH1); undefined while kyc has not heard of the
 * refusal yet. Steps that were done again since are not asked for a second time.
 */
export function stepToRepeat(repeat: Activation['repeat'], state: State): Step | 'STORE' | undefined {
  if (repeat === 'STORE') return 'STORE';
  if (isOpen(state.session) && !state.session?.reasons.length) return workOf(state);
  if (repeat === 'EDIT' && isOpen(state.session)) return 'info';
  if (repeat === 'PHOTO' && isOpen(state.session)) return 'front';
  const lags = state.session?.status === 'KYC_PASSED' && state.activation?.waiting_for.includes('KYC');
  return lags ? undefined : workOf(state);
}

/** The step that a word of the connection team names. */
export const STEP_OF: Record<string, Step> = {
  EDIT: 'info',
  PHOTO: 'front',
  CALL: 'call',
  SERIAL: 'serial',
  SIGN: 'sign',
};

const isOpen = (session: Session | null): boolean => EDITABLE.includes(session?.status ?? '');

/** Tell whether a step can be done now; whoever opens another one is led to the right one. */
export function allows(step: Step, state: State): boolean {
  const { session, activation } = state;
  const signable = (activation?.waiting_for.length ?? 1) === 0;
  switch (step) {
    case 'info':
    case 'front':
    case 'back':
      return isOpen(session) && session?.repeat !== 'STORE';
    case 'portrait':
      return (isOpen(session) && session?.repeat !== 'STORE') || session?.status === 'KYC_PASSED';
    case 'result':
      return session !== null;
    case 'call':
      return session?.status === 'KYC_PASSED';
    case 'serial':
      return state.slip.sim === 'PHYSICAL' && session?.status === 'KYC_PASSED' && !isSent(activation);
    case 'sign':
      return session?.status === 'KYC_PASSED' && (signable || !isSent(activation));
    case 'review':
      return activation?.status === 'SIGNED';
    case 'outcome':
      return activation !== null;
  }
}

const isSent = (activation: Activation | null): boolean =>
  activation?.status !== 'REFUSED' && SENT.includes(activation?.status ?? '');
