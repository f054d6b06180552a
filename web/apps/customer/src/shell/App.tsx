import { onSessionLost } from '@chonso/api';
import { Button, Skeleton, State, Toasts, toast } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Compass, WifiOff } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { go, Routes } from '../router.tsx';
import { routes } from '../routes.ts';
import { Page } from './Page.tsx';
import { left, useOtherTabs } from './session.ts';
import { NewVersion } from './versions.tsx';
import { useShellWords } from './words.ts';

/** The app: its screens, and what is true on all of them (no network, a new version, an ended sign-in). */
export function App() {
  useLostSession();
  return (
    <>
      <Offline />
      <NewVersion />
      <Routes routes={routes} Lost={Lost} Waiting={Waiting} />
      <Toasts />
    </>
  );
}

/** Say that the sign-in has ended; a screen that needs one leads to it, and what was typed stays. */
function useLostSession(): void {
  const t = useShellWords();
  const client = useQueryClient();
  useOtherTabs();
  useEffect(
    () =>
      onSessionLost(() => {
        left(client);
        toast(t.signedOut);
      }),
    [client, t],
  );
}

const subscribe = (listener: () => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

function Offline() {
  const t = useShellWords();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="strip">
          <WifiOff size={16} aria-hidden="true" /> {t.offline}
        </p>
      )}
    </div>
  );
}

function Lost() {
  const t = useShellWords();
  return (
    <Page title={t.lost} up="/">
      <State
        icon={<Compass size={32} aria-hidden="true" />}
        title={t.lostText}
        action={
          <Button kind="quiet" onClick={() => go('/')}>
            {t.toSearch}
          </Button>
        }
      />
    </Page>
  );
}

function Waiting() {
  const t = useShellWords();
  return (
    <div className="shell">
      <header className="page-h" />
      <main className="page" aria-busy="true" aria-label={t.loading}>
        <Skeleton height={120} />
        <Skeleton height={56} />
        <Skeleton height={56} />
      </main>
    </div>
  );
}
