import { words } from '../words.ts';

const names: Partial<Record<string, string>> = words.playback.kinds;

/** The name of an event's kind; one that is newer than this page shows its code. */
export const kindName = (kind: string): string => names[kind] ?? kind;

const BAD = /^(REJECTED|REVOKED|DROPPED|RETRY_NEEDED|ABANDONED|MISSED)$/;
const PIECE = /^(STILL|PHOTO|CHALLENGE)/;

/** The look of an event on the time line: a decision, trouble, a piece of evidence, or none of these. */
export function lookOf(kind: string): 'good' | 'bad' | 'piece' | 'plain' {
  if (kind === 'APPROVED') return 'good';
  if (BAD.test(kind)) return 'bad';
  return PIECE.test(kind) ? 'piece' : 'plain';
}
