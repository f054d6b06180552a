import type { Order } from '../orders/orders.ts';
import type { Journey } from './journey.ts';

export type StepName =
  | 'hold'
  | 'delivery'
  | 'payment'
  | 'agree'
  | 'parcel'
  | 'pickup'
  | 'papers'
  | 'call'
  | 'sign'
  | 'connect'
  | 'install';

/** What the person can do now; `wait` if others have to act first, `over` if nothing is left to do. */
export type Next =
  | { kind: 'form' | 'delivery' | 'pay' | 'track' | 'activate' | 'install' }
  | { kind: 'wait' | 'over' };

const ACTIVATION: Record<Order['activation_status'], StepName> = {
  NOT_STARTED: 'papers',
  DRAFT: 'papers',
  KYC_CHECKING: 'papers',
  KYC_FAILED: 'papers',
  NEEDS_REVIEW: 'papers',
  KYC_PASSED: 'call',
  VIDEO_WAITING: 'call',
  VIDEO_IN_CALL: 'call',
  VIDEO_REJECTED: 'call',
  VIDEO_APPROVED: 'sign',
  SIGNED: 'sign',
  QUEUED: 'connect',
  CONNECTING: 'connect',
  REFUSED: 'connect',
  EXPIRED: 'connect',
  ESIM_QR_SENT: 'install',
  ESIM_INSTALL_FAILED: 'install',
  ACTIVATED: 'install',
};
const CLOSED = ['RELEASED', 'EXPIRED'];

/** Every step from the hold to the connection, by kind of SIM, way of delivery and way to pay. */
export function pathOf({ slip, order }: Journey): StepName[] {
  if (slip.sim === 'ESIM') return ['hold', 'payment', 'papers', 'call', 'sign', 'connect', 'install'];
  const activation: StepName[] = ['papers', 'call', 'sign', 'connect'];
  const received = order?.delivery === 'STORE' ? 'pickup' : 'parcel';
  if (slip.entrance === 'CHANNEL') return ['hold', received, ...activation];
  return ['hold', 'delivery', order?.payment === 'COD' ? 'agree' : 'payment', received, ...activation];
}

/** The step that is the present one; null when all are done. */
export function stepOf(journey: Journey): StepName | null {
  const { slip, order, chosen } = journey;
  if (slip.status === 'DRAFT') return 'hold';
  if (order?.activation_status === 'ACTIVATED') return null;
  if (order && isPastPayment(journey)) {
    if (slip.sim === 'PHYSICAL' && order.status !== 'DELIVERED' && order.activation_status === 'NOT_STARTED')
      return order.delivery === 'STORE' ? 'pickup' : 'parcel';
    if (slip.status === 'CONSUMED' && slip.sim === 'PHYSICAL') return null;
    return slip.status === 'CONSUMED' ? 'install' : ACTIVATION[order.activation_status];
  }
  if (slip.status === 'CONSUMED') return slip.sim === 'ESIM' ? 'install' : null;
  if (slip.entrance === 'CHANNEL') return slip.sim === 'ESIM' ? 'papers' : 'parcel';
  if (slip.sim === 'PHYSICAL' && !chosen) return 'delivery';
  return order?.payment === 'COD' ? 'agree' : 'payment';
}

const isPastPayment = ({ slip, order }: Journey): boolean =>
  !!order && order.status !== 'AWAITING_PAYMENT' && slip.status !== 'HELD';

/** The one thing to do next (F3.6 to F3.14). */
export function nextOf(journey: Journey): Next {
  const { slip, order } = journey;
  if (CLOSED.includes(slip.status) || order?.status === 'CANCELLED') return { kind: 'over' };
  const step = stepOf(journey);
  if (step === null) return { kind: 'over' };
  if (step === 'hold') return { kind: 'form' };
  if (step === 'delivery') return { kind: 'delivery' };
  if (step === 'payment') return { kind: order && order.status !== 'AWAITING_PAYMENT' ? 'wait' : 'pay' };
  if (step === 'agree') return { kind: 'wait' };
  if (step === 'parcel' || step === 'pickup') return { kind: order ? 'track' : 'wait' };
  if (step === 'install') return { kind: 'install' };
  return { kind: 'activate' };
}
