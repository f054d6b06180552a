import { ApiError, isProblem } from '@chonso/api';

const TRIES = 4;
const PAUSE_SECONDS = 1;

/** Refusals by a service that the news of a moment ago has not reached yet. */
const NEWS_ON_ITS_WAY = ['not-heard-yet'];

/**
 * Send a request that a service may refuse only because the news of a moment ago has not reached it yet: ask again
 * when it says so, a few times. Which refusals these are may be said by their slugs.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  slugs = NEWS_ON_ITS_WAY,
  tries = TRIES,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (tries <= 1 || !isProblem(error, ...slugs)) throw error;
    const seconds = (error instanceof ApiError && error.retryAfter) || PAUSE_SECONDS;
    await new Promise((settle) => setTimeout(settle, seconds * 1000));
    return patiently(ask, slugs, tries - 1);
  }
}
