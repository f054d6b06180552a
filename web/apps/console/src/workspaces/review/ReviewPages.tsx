import { Pages } from '../../lists/Tabs.tsx';
import { useHasRole } from '../../shell/session.ts';
import { useCounts } from './cases.ts';
import { words } from './words.ts';

/** The pages of the workspace that this person's roles open, with their counts. */
export function ReviewPages() {
  const reviews = useHasRole('connection_officer', 'region_manager');
  const manages = useHasRole('region_manager');
  const audits = useHasRole('auditor');
  const serves = useHasRole('store_staff');
  const counts = useCounts(reviews).data;
  const pages = [
    ...(reviews ? [{ name: words.pages.cases, to: '/review/cases', count: counts?.review }] : []),
    ...(reviews || serves ? [{ name: words.pages.stores, to: '/review/stores', count: counts?.store }] : []),
    ...(manages || audits ? [{ name: words.pages.audits, to: '/review/audits' }] : []),
  ];
  return pages.length > 1 ? <Pages label={words.pagesLabel} pages={pages} /> : null;
}
