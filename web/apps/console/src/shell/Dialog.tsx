import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { words } from './words.ts';

type Props = {
  title: string;
  onClose: () => void;
  /** The buttons at its foot; the filled one last. */
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
};

const FIRST_FIELD = 'form :is(input, select, textarea):not([readonly])';

/** A dialog over the page: Escape, a click beside it and its cross close it; the focus goes back to where it was. */
export function Dialog({ title, onClose, actions, wide, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (!shown || shown.open) return;
    shown.showModal();
    // Whoever opens a form types into it; without a field the cross has the focus.
    shown.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dlg is-wide' : 'dlg'}
      aria-labelledby={id}
      onClose={onClose}
      onMouseDown={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="dlg-b">
        <header>
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            className="round"
            aria-label={words.close}
            onClick={() => dialog.current?.close()}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </header>
        {children}
        {actions && <footer>{actions}</footer>}
      </div>
    </dialog>
  );
}
