let ahead = 0;

/** Learn from an answer's `Date` header how far the server's clock is ahead of this device's. */
export function learnTime(response: Response): void {
  const said = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(said) && Math.abs(said - Date.now() - ahead) > 1500) ahead = said - Date.now();
}

/** The server's present moment in milliseconds: clocks that count down follow it, whatever the device says. */
export const serverNow = (): number => Date.now() + ahead;
