import { SERVICES } from '../../lists/services.ts';
import { WorkList } from '../../record/WorkList.tsx';
import { OversightPages } from './OversightPages.tsx';
import { words } from './words.ts';

/** The work lists of all services in one. */
export const WorkLists = () => <WorkList title={words.title} tabs={<OversightPages />} services={SERVICES} />;
