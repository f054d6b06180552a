import '../../record/record.css';
import './review.css';
import { Navigate } from '@tanstack/react-router';
import { useHasRole } from '../../shell/session.ts';

export { Audits } from './Audits.tsx';
export { Cases } from './Cases.tsx';
export { Playback } from './playback/Playback.tsx';
export { Stores } from './Stores.tsx';

/** The first page of the workspace for the roles of this person. */
export function Start() {
  const reviews = useHasRole('connection_officer', 'region_manager');
  const audits = useHasRole('auditor');
  return <Navigate to={reviews ? '/review/cases' : audits ? '/review/audits' : '/review/stores'} replace />;
}
