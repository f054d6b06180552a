import { Link } from '@tanstack/react-router';
import { Route as Way } from 'lucide-react';

/** A way from any list to the page of a journey: everything that happened to a hold. */
export function JourneyLink({ holdId, children = 'Xem hành trình' }: { holdId: string; children?: string }) {
  return (
    <Link to={'/journeys/$holdId' as never} params={{ holdId } as never} className="btn btn-quiet">
      <Way size={16} aria-hidden="true" /> {children}
    </Link>
  );
}
