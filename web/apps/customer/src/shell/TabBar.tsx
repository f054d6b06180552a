import { Package, Search, Ticket, User, Wifi } from 'lucide-react';
import { Link, useAddress } from '../router.tsx';
import { useUnread } from './unread.ts';
import { useShellWords } from './words.ts';

const MANY = 99;

/** The five places of the app. */
export function TabBar() {
  const t = useShellWords();
  const unread = useUnread();
  const { pathname } = useAddress();
  const tabs = [
    { href: '/', name: t.nav.search, Icon: Search },
    { href: '/holds', name: t.nav.holds, Icon: Ticket },
    { href: '/orders', name: t.nav.orders, Icon: Package },
    { href: '/plans', name: t.nav.plans, Icon: Wifi },
    { href: '/account', name: t.nav.account, Icon: User },
  ];
  return (
    <nav className="tabs" aria-label={t.nav.label}>
      {tabs.map(({ href, name, Icon }) => {
        const here = href === '/' ? pathname === '/' : pathname.startsWith(href);
        return (
          <Link key={href} href={href} aria-current={here ? 'page' : undefined}>
            <span className="tab-i">
              <Icon size={21} aria-hidden="true" />
              {href === '/account' && unread > 0 && <i aria-hidden="true">{Math.min(unread, MANY)}</i>}
            </span>
            {name}
            {href === '/account' && unread > 0 && <span className="sr">, {t.unread(unread)}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
