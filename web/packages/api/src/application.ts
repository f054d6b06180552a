type Application = 'chonso-web' | 'chonso-console';

let name: Application = 'chonso-web';

/** Name this application, once and before its first request: the console's sign-in has cookies of its own beside the customer's. */
export function identifyAs(application: Application): void {
  name = application;
}

export const applicationName = (): Application => name;

/** The key in the local store that says that somebody signed in with this application. */
export const signInHint = (): string => (name === 'chonso-web' ? 'signed-in' : `${name}-signed-in`);

/** The lock under which one tab of this application renews the session. */
export const refreshLock = (): string => (name === 'chonso-web' ? 'chonso-refresh' : `${name}-refresh`);
