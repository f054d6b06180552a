import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';

/** A key of a screen: `n`, `Enter`, `Escape`, `1`, `ctrl+Enter`; its name stands in the key map. */
export type Key = { key: string; name: string; run: () => void; enabled?: boolean };
type KeyMap = { title: string; keys: () => Key[] };

const OFF = 'keys-off';
const maps = new Set<KeyMap>();
const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

let areOff = localStorage.getItem(OFF) !== null;

/** Whether single-key shortcuts are switched on, and a function that switches them (WCAG 2.1.4). */
export function useKeysSwitch(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, () => !areOff);
  return [
    on,
    (next) => {
      areOff = !next;
      if (next) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, '1');
      notify();
    },
  ];
}

/** Give a screen its keys while it is shown; the newest screen's come first. Single keys do nothing while somebody types. */
export function useKeys(title: string, keys: Key[]): void {
  const now = useRef(keys);
  now.current = keys;
  // Before the screen is painted: who sees it may press at once.
  useLayoutEffect(() => {
    const map = { title, keys: () => now.current };
    maps.add(map);
    notify();
    return () => {
      maps.delete(map);
      notify();
    };
  }, [title]);
}

/** The key maps of what is shown now, for the overlay of `?`. */
export const keyMaps = (): { title: string; keys: Key[] }[] =>
  [...maps].map(({ title, keys }) => ({ title, keys: keys() }));

const TYPING = /^(INPUT|TEXTAREA|SELECT)$/;
const HARMLESS = /^(checkbox|radio|button)$/;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (!TYPING.test(target.tagName)) return false;
  return !(target instanceof HTMLInputElement && HARMLESS.test(target.type));
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shifted = event.shiftKey && (event.key.length > 1 || /[a-z0-9]/i.test(event.key));
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${shifted ? 'shift+' : ''}${key}`;
}

/** Answer a press of a key: `ctrl+` keys always, single keys unless a dialog is open, somebody types or has switched them off. */
export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  const isSingle = !name.startsWith('ctrl+');
  if (isSingle && (isTyping(event.target) || (areOff && name.length === 1))) return;
  const dialog = document.querySelector('dialog[open]');
  if (dialog && (isSingle || !dialog.contains(event.target as Node))) return;
  for (const { keys } of [...maps].reverse())
    for (const { key, run, enabled } of keys())
      if (key === name && enabled !== false) {
        // A focused button answers Enter and Space itself.
        if (
          (name === 'Enter' || name === ' ') &&
          event.target instanceof HTMLElement &&
          event.target.closest('button, a, summary, input')
        )
          return;
        event.preventDefault();
        run();
        return;
      }
}
