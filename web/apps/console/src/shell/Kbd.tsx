const NAMES: Record<string, string> = {
  ctrl: 'Ctrl',
  shift: '⇧',
  alt: 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  ' ': 'Space',
};

/** A key as it is printed on the keyboard: `ctrl+Enter` -> `Ctrl ↵`; decoration, since the button says `aria-keyshortcuts`. */
export function Kbd({ of }: { of: string }) {
  const parts = of.split('+').map((part) => NAMES[part.toLowerCase()] ?? part.toUpperCase());
  return <kbd className="kbd">{parts.join(' ')}</kbd>;
}
