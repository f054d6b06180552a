import { Note } from '@chonso/ui';
import { CloudOff } from 'lucide-react';
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
