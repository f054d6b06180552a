import { Arcs } from '@chonso/ui';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { back } from '../router.tsx';
import { TabBar } from './TabBar.tsx';
import { useShellWords } from './words.ts';

type Props = {
  /** The heading, and the title of the browser's tab. */
  title: string;
  /** Where the back arrow leads somebody who opened this page from a link. */
  up?: string;
  /** A remark under the heading. */
  lead?: ReactNode;
  /** The one filled button of the screen, at the thumb, and what stands with it. */
  action?: ReactNode;
  /** Show the tabs of the app; steps of a form do not. */
  tabs?: boolean;
  busy?: boolean;
  children: ReactNode;
};

/** One screen: heading with the way back, content, the action at the thumb. */
export function Page({ title, up, lead, action, tabs, busy, children }: Props) {
  const t = useShellWords();
  useTitle(title);
  return (
    <div className={`shell ${action ? 'has-action' : ''} ${tabs ? 'has-tabs' : ''}`}>
      <header className="page-h">
        {up ? (
          <button type="button" className="round" aria-label={t.back} onClick={() => back(up)}>
            <ArrowLeft size={19} aria-hidden="true" />
          </button>
        ) : (
          <span className="page-mark">
            <Arcs />
          </span>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        <span />
      </header>
      <main className="page" aria-busy={busy || undefined}>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </main>
      {action && <footer className="cta">{action}</footer>}
      {tabs && <TabBar />}
    </div>
  );
}

/** The title of the browser's tab, and of the entry in its history. */
export function useTitle(title: string): void {
  const t = useShellWords();
  useEffect(() => {
    document.title = title === t.brand ? title : `${title} · ${t.brand}`;
  }, [title, t.brand]);
}
