/** What follows the end of a socket: when to open another, and with which ticket. */
export type Step = {
  /** Milliseconds until the next attempt; null if there is none. */
  afterMs: number | null;
  keepsTicket: boolean;
  /** Wait until somebody looks at this page. */
  waitsForPerson: boolean;
};

const RESTARTING = 1012;
const MALFORMED = 4400;
const SIGN_IN = 4401;
const FOREIGN_PAGE = 4403;
const REPLACED = 4409;
const SOON_MS = 500;
const MOST_MS = 30_000;

/** Decide by the close code, which says what to do, and by the attempts since the last welcome. */
export function nextStep(code: number, failures: number, chance = Math.random()): Step {
  if (code === MALFORMED || code === FOREIGN_PAGE)
    return { afterMs: null, keepsTicket: false, waitsForPerson: false };
  if (code === REPLACED) return { afterMs: null, keepsTicket: false, waitsForPerson: true };
  // A thousand clients of a replica that ends do not all come at once.
  const most = Math.min(MOST_MS, SOON_MS * 2 ** failures);
  const isFirst = failures === 0 && (code === RESTARTING || code === SIGN_IN);
  const afterMs = Math.round(isFirst ? chance * SOON_MS : most / 2 + (chance * most) / 2);
  return { afterMs, keepsTicket: code !== SIGN_IN && failures < 2, waitsForPerson: false };
}
