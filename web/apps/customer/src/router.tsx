import { wordsReady } from '@chonso/i18n';
import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  lazy,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';

const MOVED = 'moved';

const subscribe = (listener: () => void) => {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
};

/** How many steps of the app lie before the present one in the browser's history. */
const depth = (): number => (history.state as { depth: number } | null)?.depth ?? 0;

/** Open another address of the app; `replace` leaves no step for the back button. */
export function go(to: string, replace = false): void {
  if (replace) history.replaceState({ depth: depth() }, '', to);
  else history.pushState({ depth: depth() + 1 }, '', to);
  dispatchEvent(new Event(MOVED));
}

/** Go back within the app, or to an address if the person came from outside. */
export function back(otherwise: string): void {
  if (depth() > 0) history.back();
  else go(otherwise, true);
}

/** The present address. */
export const useAddress = (): URL => {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return useMemo(() => new URL(href), [href]);
};

const Params = createContext<Record<string, string>>({});

/** The named parts of the present path: `{ holdId }` of `/holds/:holdId`. */
export const useParams = (): Record<string, string> => useContext(Params);

export type Route = { path: RegExp; Screen: ComponentType };

/** A screen that is loaded when its path is opened: `/holds/:holdId/pay`. */
export function screen(path: string, load: () => Promise<ComponentType>): Route {
  const pattern = path.replace(/:(\w+)/g, '(?<$1>[^/]+)');
  const Screen = lazy(async () => {
    const loaded = await load();
    await wordsReady();
    return { default: loaded };
  });
  return { path: new RegExp(`^${pattern}/?$`), Screen };
}

/** Show the screen of the present path. */
export function Routes({
  routes,
  Lost,
  Waiting,
}: {
  routes: Route[];
  Lost: ComponentType;
  Waiting: ComponentType;
}) {
  const { pathname } = useAddress();
  const { Screen, params } = useMemo(() => {
    for (const { path, Screen } of routes) {
      const match = path.exec(pathname);
      if (match) return { Screen, params: { ...match.groups } };
    }
    return { Screen: Lost, params: {} };
  }, [pathname, routes, Lost]);
  useFreshPage(pathname);
  return (
    <Params value={params}>
      <Suspense fallback={<Waiting />}>
        <Screen key={pathname} />
      </Suspense>
    </Params>
  );
}

/** A new screen begins at its top, and a screen reader begins at its heading. */
function useFreshPage(pathname: string): void {
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each path
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    const settle = requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
    return () => cancelAnimationFrame(settle);
  }, [pathname]);
}

/** A link within the app; new tabs and windows work as everywhere. */
export function Link({
  href,
  replace,
  onClick,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; replace?: boolean }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button);
        if (event.defaultPrevented || !plain) return;
        event.preventDefault();
        go(href, replace);
      }}
    />
  );
}
