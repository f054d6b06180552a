import { ApiError, applicationName, type Problem, refresh } from '@chonso/api';

const UNAUTHORIZED = 401;
const PATIENCE_MS = 120_000;

type Upload = {
  address: string;
  picture: Blob;
  capturedAt?: Date;
  /** Called with the part that has been sent, from 0 to 1. */
  onProgress: (part: number) => void;
};

/** Send a picture; a sign-in that has ended is renewed once. Rejects with `ApiError`. */
export async function upload(what: Upload): Promise<void> {
  let answer = await sent(what);
  if (answer.status === UNAUTHORIZED && (await refresh().catch(() => false))) answer = await sent(what);
  if (answer.status >= 200 && answer.status < 300) return;
  throw new ApiError(answer.status, answer.problem, answer.retryAfter);
}

type Answer = { status: number; problem: Problem | null; retryAfter: number | null };

/** `fetch` does not tell how much of a body has been sent; `XMLHttpRequest` does. */
function sent({ address, picture, capturedAt, onProgress }: Upload): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', address);
    request.timeout = PATIENCE_MS;
    request.setRequestHeader('content-type', 'image/jpeg');
    request.setRequestHeader('x-requested-by', applicationName());
    request.setRequestHeader('accept-language', document.documentElement.lang || 'vi');
    if (capturedAt) request.setRequestHeader('x-captured-at', capturedAt.toISOString());
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onloadend = () =>
      resolve({
        status: request.status,
        problem: problemOf(request.responseText),
        retryAfter: Number(request.getResponseHeader('retry-after')) || null,
      });
    request.send(picture);
  });
}

function problemOf(text: string): Problem | null {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return null;
  }
}
