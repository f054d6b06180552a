import './problems.ts';
import { Pages } from '../../lists/Tabs.tsx';
import { WorkList } from '../../record/WorkList.tsx';
import { OWN_TASKS } from './work.ts';
import { pages, words } from './work.words.ts';

/** What a carrier or the bank refused for good: mend the cause and try again, or go on without. */
export const Tasks = () => (
  <WorkList title={words.tasks} tabs={<Pages label={words.pages} pages={pages} />} services={OWN_TASKS} />
);
