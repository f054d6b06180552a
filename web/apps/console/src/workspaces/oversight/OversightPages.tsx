import { Pages } from '../../lists/Tabs.tsx';
import { useMe } from '../../shell/session.ts';

type Page = { name: string; to: string; roles?: readonly string[] };

/** The sub-pages of the oversight, and whom they are for where not for everybody here. */
const PAGES: readonly Page[] = [
  { name: 'Toàn cảnh', to: '/oversight' },
  { name: 'Đang kẹt', to: '/oversight/stuck' },
  { name: 'Điều phối', to: '/oversight/routing', roles: ['region_manager', 'admin', 'sre'] },
  { name: 'Sự kiện lỗi', to: '/oversight/events', roles: ['admin', 'sre'] },
  { name: 'Việc chờ', to: '/oversight/tasks', roles: ['region_manager', 'admin', 'sre'] },
  { name: 'Giờ làm', to: '/oversight/hours' },
  { name: 'Quy tắc gọi', to: '/oversight/rules' },
  { name: 'Nhật ký', to: '/oversight/audit', roles: ['auditor', 'admin'] },
  { name: 'Nhân viên', to: '/oversight/staff', roles: ['admin'] },
  { name: 'Kho số', to: '/oversight/numbers' },
  { name: 'Ưu đãi', to: '/oversight/promotions' },
];

export function OversightPages() {
  const { roles: mine } = useMe();
  const pages = PAGES.filter(({ roles }) => !roles || roles.some((role) => mine.includes(role)));
  return <Pages label="Giám sát" pages={pages} />;
}
