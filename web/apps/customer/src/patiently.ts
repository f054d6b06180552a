import { ApiError, isProblem } from '@chonso/api';

const TRIES = 4;
const PAUSE_SECONDS = 1;

/**
 * Send a request that a service may refuse only because the news of a moment ago has not reached it yet
 * (`not-heard-yet`): ask again when it says so, a few times.
 */
export async function patiently<T>(ask: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (tries <= 1 || !isProblem(error, 'not-heard-yet')) throw error;
    const seconds = (error instanceof ApiError && error.retryAfter) || PAUSE_SECONDS;
    await new Promise((settle) => setTimeout(settle, seconds * 1000));
    return patiently(ask, tries - 1);
  }
}
