export type ClientKind = 'app' | 'browser';

/** Whether this page runs as the installed app or in a tab of a browser: the law lets only the app activate (LAW01). */
export function clientKind(): ClientKind {
  const isInstalled =
    matchMedia('(display-mode: standalone)').matches ||
    (navigator as { standalone?: boolean }).standalone === true;
  return isInstalled ? 'app' : 'browser';
}
