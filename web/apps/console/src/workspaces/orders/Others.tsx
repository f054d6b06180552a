import { Link } from '@tanstack/react-router';
import { Banknote, Undo2, Wrench } from 'lucide-react';
import { useWorkCounts } from './work.ts';
import { words } from './work.words.ts';

const LISTS = [
  { name: words.refunds, to: '/orders/refunds', icon: Undo2, count: 'refunds' },
  { name: words.cash, to: '/orders/cash', icon: Banknote, count: 'cash' },
  { name: words.tasks, to: '/orders/tasks', icon: Wrench, count: 'tasks' },
] as const;

/** The ways to the other lists of this desk: refunds by hand, open cash, and what a carrier or bank refused. */
export function Others() {
  const counts = useWorkCounts();
  return LISTS.map(({ name, to, icon: Icon, count }) => (
    <Link key={to} to={to} className="o-other">
      <Icon size={16} aria-hidden="true" /> {name}
      {counts[count] ? <b>{counts[count]}</b> : null}
    </Link>
  ));
}
