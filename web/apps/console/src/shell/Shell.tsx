import { Skeleton, Toasts } from '@chonso/ui';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { WifiOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Failure } from './Failure.tsx';
import { KeyMap } from './KeyMap.tsx';
import { pressed, useKeys } from './keys.ts';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { SignIn, SignInAgain } from './SignIn.tsx';
import { screensOf } from './screens.ts';
import { useIsSessionLost, useMe, useWhoAmI } from './session.ts';
import { words } from './words.ts';

/** The frame of the console: nobody sees a workspace before signing in. */
export function Shell() {
  const { data: me, error, isPending, refetch } = useWhoAmI();
  useEffect(() => {
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  if (isPending) return <Waiting />;
  if (error && !me) return <Failure error={error} retry={() => void refetch()} />;
  return me ? <Frame /> : <SignIn />;
}

function Frame() {
  const isLost = useIsSessionLost();
  const navigate = useNavigate();
  const me = useMe();
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOverlay(null);
  useKeys(words.everywhere, [
    { key: 'ctrl+k', name: words.openPalette, run: () => setOverlay('palette') },
    { key: '?', name: words.keys, run: () => setOverlay('keys') },
    ...screensOf(me.roles).map(({ path, title }, i) => ({
      key: `alt+${i + 1}`,
      name: title,
      run: () => void navigate({ to: path }),
    })),
  ]);
  return (
    <>
      <div className="console">
        <Rail onKeys={() => setOverlay('keys')} />
        <div className="console-b">
          <Offline />
          <Outlet />
        </div>
      </div>
      {overlay === 'palette' && <Palette onClose={close} />}
      {overlay === 'keys' && <KeyMap onClose={close} />}
      {isLost && <SignInAgain />}
      <Toasts />
    </>
  );
}

/** Open the palette from a button. */
export const openPalette = (): void => {
  dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
};

const subscribe = (listener: () => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

function Offline() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="strip">
          <WifiOff size={16} aria-hidden="true" /> {words.offline}
        </p>
      )}
    </div>
  );
}

/** What stands on the page while the person or a workspace is still on its way. */
export function Waiting() {
  return (
    <main className="waiting" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={36} width={280} />
      <Skeleton height={280} />
    </main>
  );
}
