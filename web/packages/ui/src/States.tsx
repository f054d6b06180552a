import type { ReactNode } from 'react';

/** The place of a text that is still on its way, in the height that it will have. */
export function Skeleton({ width = '100%', height = 16 }: { width?: number | string; height?: number }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

type StateProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** A screen or list that has nothing to show: one sentence, one action. */
export function State({ icon, title, children, action }: StateProps) {
  return (
    <div className="state">
      {icon}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

type NoteProps = {
  kind?: 'plain' | 'warn' | 'bad' | 'good';
  icon: ReactNode;
  children: ReactNode;
  live?: boolean;
};

/** A remark within a page: a sign, and words that say the same. */
export function Note({ kind = 'plain', icon, children, live }: NoteProps) {
  return (
    <div className={`note note-${kind}`} role={live ? 'status' : undefined}>
      {icon}
      <div>{children}</div>
    </div>
  );
}
