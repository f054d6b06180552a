import { Note, State } from '@chonso/ui';
import { CircleCheck, CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Service } from './services.ts';
import { words } from './words.ts';

/** Some services did not answer: what is shown is not all. */
export function Partial({ failed }: { failed: readonly Service[] }) {
  if (!failed.length) return null;
  return (
    <Note kind="warn" live icon={<CloudOff size={18} aria-hidden="true" />}>
      {words.partial(failed.map((service) => words.services[service]).join(', '))}
    </Note>
  );
}

type NothingProps = { failed: readonly Service[]; title: string; children?: ReactNode };

/** A list without a line: all is well only if every service has said so. */
export function Nothing({ failed, title, children }: NothingProps) {
  if (failed.length)
    return <State icon={<CloudOff size={30} aria-hidden="true" />} title={words.nothingRead} />;
  return (
    <State icon={<CircleCheck size={30} aria-hidden="true" />} title={title}>
      {children}
    </State>
  );
}
