import type { Journey } from './journey.ts';
import { nextOf, stepOf } from './path.ts';
import type { SlipWords } from './words.ts';

export type Actor = keyof SlipWords['actor'];
export type Task = keyof SlipWords['task'];

/** What happens next, and who does it. */
export type Ahead = { actor: Actor; task: Task };

/** Say of a living journey what comes next and who acts; null once it is over. */
export function aheadOf(journey: Journey): Ahead | null {
  const { order } = journey;
  const next = nextOf(journey).kind;
  if (order?.cancel.pending) return { actor: 'us', task: 'cancelling' };
  if (next === 'over') return null;
  if (next === 'form' || next === 'delivery' || next === 'pay') return { actor: 'you', task: next };
  if (next === 'track') return parcelAhead(journey);
  if (next === 'wait') return waitingFor(journey);
  if (next === 'install')
    return {
      actor: 'you',
      task: order?.activation_status === 'ESIM_INSTALL_FAILED' ? 'installAgain' : 'install',
    };
  return activationAhead(journey);
}

function waitingFor(journey: Journey): Ahead {
  if (journey.slip.entrance === 'CHANNEL') return { actor: 'channel', task: 'waitChannel' };
  return { actor: 'us', task: stepOf(journey) === 'agree' ? 'waitOrder' : 'waitPayment' };
}

function parcelAhead({ order, shipment }: Journey): Ahead {
  if (order?.delivery === 'CHANNEL') return { actor: 'channel', task: 'waitChannel' };
  if (order?.delivery === 'STORE')
    return order.sub_status === 'READY_AT_STORE' || shipment?.status === 'READY_AT_STORE'
      ? { actor: 'you', task: 'pickupReady' }
      : { actor: 'store', task: 'pickupPending' };
  if (order?.status === 'DELIVERING') return { actor: 'courier', task: 'parcelOut' };
  if (order?.status === 'AWAITING_COLLECTION') return { actor: 'courier', task: 'parcelBooked' };
  return { actor: 'us', task: 'parcelPending' };
}

function activationAhead({ slip, order }: Journey): Ahead {
  switch (order?.activation_status) {
    case 'KYC_CHECKING':
      return { actor: 'us', task: 'papersChecking' };
    case 'KYC_FAILED':
      return { actor: 'you', task: 'papersAgain' };
    case 'NEEDS_REVIEW':
      return { actor: 'us', task: 'papersReview' };
    case 'KYC_PASSED':
    case 'VIDEO_WAITING':
    case 'VIDEO_REJECTED':
      return { actor: 'you', task: 'call' };
    case 'VIDEO_IN_CALL':
      return { actor: 'callTeam', task: 'calling' };
    case 'VIDEO_APPROVED':
      return { actor: 'you', task: slip.sim === 'PHYSICAL' ? 'signSerial' : 'sign' };
    case 'SIGNED':
      return { actor: 'you', task: 'send' };
    case 'QUEUED':
    case 'CONNECTING':
      return { actor: 'connectionTeam', task: 'connect' };
    case 'REFUSED':
      return { actor: 'you', task: 'refused' };
    default:
      return { actor: 'you', task: 'papers' };
  }
}
