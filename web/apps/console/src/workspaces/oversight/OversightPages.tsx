import { Pages } from '../../lists/Tabs.tsx';
import { useMe } from '../../shell/session.ts';

type Page = { name: string; to: string; roles?: readonly string[] };

/** The sub-pages of the oversight, and whom they are for where not for everybody here. */
const PAGES: readonly Page[] = [
  { name: 'Nhân viên', to: '/oversight/staff', roles: ['admin'] },
  { name: 'Kho số', to: '/oversight/numbers' },
  { name: 'Ưu đãi', to: '/oversight/promotions' },
];

export function OversightPages() {
  const { roles: mine } = useMe();
  const pages = PAGES.filter(({ roles }) => !roles || roles.some((role) => mine.includes(role)));
  return <Pages label="Giám sát" pages={pages} />;
}
