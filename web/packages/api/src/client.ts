import createClient from 'openapi-fetch';
import { applicationName, signInHint } from './application.ts';
import { clientKind } from './client_kind.ts';
import { ApiError, type Problem } from './problem.ts';
import type { components, paths } from './schema.ts';
import { learnTime } from './server_time.ts';
import { lostSession, refresh } from './session.ts';

export type Schemas = components['schemas'];

const PATIENCE_MS = 25_000;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** The typed client of the gateway: cookies carry the sign-in, `X-Requested-By` says that a page of ours asks. */
export const api = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  fetch: renewing,
});

/** Send a request; a 401 of somebody who was signed in renews the session once and asks again. */
async function renewing(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await asked(request);
  if (await isTakenForBrowser(answer)) return (await refresh().catch(() => false)) ? asked(again) : answer;
  if (answer.status !== UNAUTHORIZED || !rememberedSignIn()) return answer;
  if (await refresh().catch(() => false)) return asked(again);
  if (navigator.onLine) lostSession();
  return answer;
}

/** Tell whether the app was refused because its cookies are still those of the browser it was installed from. */
async function isTakenForBrowser(answer: Response): Promise<boolean> {
  if (answer.status !== FORBIDDEN || clientKind() !== 'app') return false;
  const problem = (await answer
    .clone()
    .json()
    .catch(() => null)) as Problem | null;
  return problem?.type === '/problems/activation-channel';
}

async function asked(request: Request): Promise<Response> {
  request.headers.set('x-requested-by', applicationName());
  request.headers.set('accept-language', document.documentElement.lang || 'vi');
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(request, { signal: AbortSignal.any([request.signal, patience]) });
  learnTime(answer);
  return answer;
}

function rememberedSignIn(): boolean {
  try {
    return localStorage.getItem(signInHint()) !== null;
  } catch {
    return true;
  }
}

/** Return the body of a successful answer, or throw an `ApiError`; aborted requests stay aborted. */
export async function send<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let got: Awaited<typeof answer>;
  try {
    got = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, null);
  }
  const { response } = got;
  if (response.ok) return got.data as T;
  const problem = typeof got.error === 'object' ? (got.error as Problem | null) : null;
  throw new ApiError(response.status, problem, Number(response.headers.get('retry-after')) || null);
}
