import { useSyncExternalStore } from 'react';

const SHOWN_MS = 4000;
const listeners = new Set<() => void>();
let shown = '';
let timer: ReturnType<typeof setTimeout> | undefined;

function show(text: string): void {
  shown = text;
  for (const listener of listeners) listener();
}

/** Say something for a few seconds, to eyes and to screen readers. */
export function toast(text: string): void {
  clearTimeout(timer);
  show(text);
  timer = setTimeout(() => show(''), SHOWN_MS);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The place where `toast` speaks; once, at the root of an app. */
export function Toasts() {
  const text = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" aria-live="polite">
      {text && <p className="toasts">{text}</p>}
    </div>
  );
}
