import { Search } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Kbd } from './Kbd.tsx';
import { openPalette } from './Shell.tsx';
import { words } from './words.ts';

export type Figure = { name: string; value: ReactNode; hot?: boolean };

type Props = {
  /** The heading, and the title of the browser's tab. */
  title: string;
  /** Shown in the tab's title: `(3) Gọi video`. */
  count?: number;
  /** A few figures at the right of the bar. */
  figures?: readonly Figure[];
  /** A switch or button at the far right of the bar. */
  switches?: ReactNode;
  /** The sub-pages of a workspace with several. */
  tabs?: ReactNode;
  /** The column at the right: the detail of what is selected. */
  side?: ReactNode;
  /** The narrow column at the left: a queue. */
  list?: ReactNode;
  children: ReactNode;
};

/** One workspace: bar with title, search and figures; queue, work and detail side by side. */
export function Workspace({ title, count, figures, switches, tabs, side, list, children }: Props) {
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${title} · ${words.brand}`;
  }, [title, count]);
  const columns = `${list ? 'has-list' : ''} ${side ? 'has-side' : ''}`;
  return (
    <div className={`ws ${columns}`}>
      <header className="bar">
        <h1 tabIndex={-1}>{title}</h1>
        <button type="button" className="find" aria-keyshortcuts="Control+K" onClick={openPalette}>
          <Search size={16} aria-hidden="true" />
          <span>{words.search}</span>
          <Kbd of="ctrl+k" />
        </button>
        {figures && (
          <dl className="figures">
            {figures.map(({ name, value, hot }) => (
              <div key={name} data-hot={hot || undefined}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {switches && <div className="switches">{switches}</div>}
      </header>
      {list && (
        <section className="ws-list" aria-label={words.waiting}>
          {list}
        </section>
      )}
      <main className="ws-main">
        {tabs}
        {children}
      </main>
      {side && <aside className="ws-side">{side}</aside>}
    </div>
  );
}
