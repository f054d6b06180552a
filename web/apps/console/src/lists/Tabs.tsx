import { fmt } from '@chonso/i18n';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export type Tab = {
  name: string;
  /** The address's search of this tab. */
  search: Record<string, unknown>;
  current: boolean;
  count?: number | undefined;
};

/** Keep the current tab of a bar in sight, also when a detail beside it leaves the bar less room. */
function useCurrentInSight(chosen: string | undefined) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const shown = bar.current;
    if (!shown || !chosen) return;
    const watch = new ResizeObserver(() => {
      shown.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    watch.observe(shown);
    return () => watch.disconnect();
  }, [chosen]);
  return bar;
}

/** The tabs of a list with their exact counts; each is an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const bar = useCurrentInSight(tabs.find(({ current }) => current)?.name);
  return (
    <nav className="tabs" aria-label={label} ref={bar}>
      {tabs.map(({ name, search, current, count }) => (
        <Link
          key={name}
          to="."
          search={search as never}
          className="tab"
          aria-current={current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {name}
          {count !== undefined && <b>{fmt.count(count)}</b>}
        </Link>
      ))}
    </nav>
  );
}

/** The sub-pages of a workspace. */
export function Pages({
  label,
  pages,
}: {
  label: string;
  pages: readonly { name: string; to: string; count?: number | undefined }[];
}) {
  const bar = useCurrentInSight(useLocation({ select: ({ pathname }) => pathname }));
  return (
    <nav className="tabs" aria-label={label} ref={bar}>
      {pages.map(({ name, to, count }) => (
        <Link
          key={to}
          to={to}
          className="tab"
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {name}
          {count !== undefined && <b>{fmt.count(count)}</b>}
        </Link>
      ))}
    </nav>
  );
}
