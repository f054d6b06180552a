import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** One `primary` on a screen; `quiet` in rows; `refuse` for what cannot be taken back. */
  kind?: 'primary' | 'quiet' | 'line' | 'refuse' | 'text';
  large?: boolean;
  /** The work that was asked for is under way: a second tap does nothing. */
  busy?: boolean;
  children: ReactNode;
};

/** A button; while `busy` it stays in place and focus, and takes no further tap. */
export function Button({ kind = 'line', large, busy, className = '', onClick, children, ...rest }: Props) {
  const classes = ['btn', `btn-${kind}`, large && 'btn-lg', busy && 'btn-busy', className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </button>
  );
}
