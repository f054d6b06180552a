import { Button } from '@chonso/ui';
import { useEffect, useState } from 'react';
import { useShellWords } from './words.ts';

const SCRIPT = '/sw.js';

/** Trusted Types let a script's address pass only by name: this policy knows the service worker's alone. */
function trustedScript(): string {
  const types = (
    window as {
      trustedTypes?: {
        createPolicy: (name: string, rules: object) => { createScriptURL: (url: string) => string };
      };
    }
  ).trustedTypes;
  if (!types) return SCRIPT;
  const policy = types.createPolicy('service-worker', {
    createScriptURL: (url: string) => {
      if (url !== SCRIPT) throw new TypeError(`not the service worker: ${url}`);
      return url;
    },
  });
  return policy.createScriptURL(SCRIPT);
}

/** Install the service worker, and offer a new version when one waits; nothing typed is lost before the person agrees. */
export function NewVersion() {
  const t = useShellWords();
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    const hadOne = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (hadOne) location.reload();
    });
    void navigator.serviceWorker.register(trustedScript()).then(
      (registration) => {
        const look = () => setWaiting(hadOne ? registration.waiting : null);
        look();
        registration.addEventListener('updatefound', () => {
          registration.installing?.addEventListener('statechange', look);
        });
      },
      () => undefined,
    ); // a browser that refuses has no offline shell, all else works
  }, []);
  if (!waiting) return null;
  return (
    <div className="strip" role="status">
      {t.newVersion}
      <Button kind="text" onClick={() => waiting.postMessage('take-over')}>
        {t.reload}
      </Button>
    </div>
  );
}
