import { fmt } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { Facts, Side } from '../../lists/Side.tsx';
import { words as lists } from '../../lists/words.ts';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { words } from './access.words.ts';
import type { Access, Asked, Export } from './accesses.ts';

/** Say what was done: a look at papers, or a file of orders. */
export const sayWhat = ({ look, file }: Access): string =>
  file ? words.exported(fmt.count(file.rows)) : (words.whats[look?.what ?? ''] ?? look?.what ?? '');

type Props = { access: Access; onAsk: (asked: Asked) => void; onClose: () => void };

/** One entry of the log, and the ways to all of its hold, its member of staff, its journey. */
export function AccessSide({ access, onAsk, onClose }: Props) {
  const { at, look, file, service, staff, staff_id } = access;
  return (
    <Side title={sayWhat(access)} lead={`${staff}, ${fmt.time(at)}`} onClose={onClose}>
      <p className="lead">{words.lead}</p>
      <Facts
        facts={[
          [words.service, lists.services[service]],
          [words.hold, look?.code],
          ...(file ? factsOf(file) : []),
        ]}
      />
      {look && (
        <Button onClick={() => onAsk({ hold: look.hold_id })}>
          {words.allOfHold(look.code || look.hold_id.slice(-12))}
        </Button>
      )}
      <Button onClick={() => onAsk({ staff: staff_id })}>{words.allOf(staff)}</Button>
      {look && <JourneyLink holdId={look.hold_id} />}
    </Side>
  );
}

const { file: says } = words;

const factsOf = ({ rows, label, region, delivery, payment, overdue }: Export) =>
  [
    [says.rows, fmt.count(rows)],
    [says.list, label ?? says.all],
    [says.region, region],
    [says.delivery, delivery && says.ways[delivery]],
    [says.payment, payment && says.payments[payment]],
    [says.overdue, overdue && says.only],
  ] as const;
