const KEY = 'slips';
const MOST = 20;

/** An answer with the moment it was true. */
export type Kept<T> = { at: number; data: T };

function all<T>(): Record<string, Kept<T>> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Kept<T>>;
  } catch {
    return {};
  }
}

/** The last answer about a hold that this device has seen: a slip can be shown without a network. */
export const keptSlip = <T>(holdId: string): Kept<T> | undefined => all<T>()[holdId];

/** Keep an answer about a hold on this device, beside the newest few others. */
export function keepSlip<T>(holdId: string, data: T): void {
  const others = Object.entries(all<T>()).filter(([id]) => id !== holdId);
  const newest = others.sort(([, a], [, b]) => b.at - a.at).slice(0, MOST - 1);
  try {
    localStorage.setItem(
      KEY,
      JSON.stringify({ ...Object.fromEntries(newest), [holdId]: { at: Date.now(), data } }),
    );
  } catch {
    // A browser that keeps nothing shows slips only while there is a network.
  }
}

/** Forget all slips: after signing out the next person finds none. */
export const forgetSlips = (): void => localStorage.removeItem(KEY);
