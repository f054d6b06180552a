import { fmt } from '@chonso/i18n';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export type Tab = {
  name: string;
  /** The address's search of this tab. */
  search: Record<string, unknown>;
  current: boolean;
  count?: number | undefined;
};

/** The tabs of a list with their exact counts; each is an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const bar = useRef<HTMLElement>(null);
  const chosen = tabs.find(({ current }) => current)?.name;
  useEffect(() => {
    if (chosen)
      bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
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
  return (
    <nav className="tabs" aria-label={label}>
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
