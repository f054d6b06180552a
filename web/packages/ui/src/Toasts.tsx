import { useSyncExternalStore } from 'react';

const SHOWN_MS = 4000;
const OFFERED_MS = 8000;

type Offer = { name: string; run: () => void };
type Said = { text: string; offer?: Offer | undefined };

const SILENT: Said = { text: '' };
const listeners = new Set<() => void>();
let shown = SILENT;
let timer: ReturnType<typeof setTimeout> | undefined;

function show(said: Said): void {
  shown = said;
  for (const listener of listeners) listener();
}

/** Say something for a few seconds, to eyes and to screen readers; with an offer, such as taking it back, for longer. */
export function toast(text: string, offer?: Offer): void {
  clearTimeout(timer);
  show({ text, offer });
  timer = setTimeout(() => show(SILENT), offer ? OFFERED_MS : SHOWN_MS);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The place where `toast` speaks; once, at the root of an app. */
export function Toasts() {
  const { text, offer } = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" aria-live="polite">
      {text && (
        <p className="toasts">
          {text}
          {offer && (
            <button
              type="button"
              onClick={() => {
                show(SILENT);
                offer.run();
              }}
            >
              {offer.name}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
