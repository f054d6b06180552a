import { Link } from '@tanstack/react-router';
import { Undo2, Wrench } from 'lucide-react';
import { words } from './words.ts';
import { useWorkCounts } from './work.ts';

/** The ways to the other lists of this desk: refunds by hand, and what a carrier or bank refused. */
export function Others() {
  const { refunds, tasks } = useWorkCounts();
  return (
    <>
      <Link to="/orders/refunds" className="o-other">
        <Undo2 size={16} aria-hidden="true" /> {words.refunds}
        {refunds ? <b>{refunds}</b> : null}
      </Link>
      <Link to="/orders/tasks" className="o-other">
        <Wrench size={16} aria-hidden="true" /> {words.tasks}
        {tasks ? <b>{tasks}</b> : null}
      </Link>
    </>
  );
}
