import { Skeleton } from '@chonso/ui';
import { Dialog } from '../../shell/Dialog.tsx';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { type useChange, useReasons } from './dossiers.ts';
import { words } from './words.ts';

type Props = { holdId: string; change: ReturnType<typeof useChange>; onClose: () => void };

/** A refusal: its reason names the step that the customer repeats (F5a.16, F5a.18). */
export function Refuse({ holdId, change, onClose }: Props) {
  const { data } = useReasons();
  if (!data)
    return (
      <Dialog title={words.refuseTitle} onClose={onClose}>
        <Skeleton height={280} />
      </Dialog>
    );
  return (
    <ReasonDialog
      title={words.refuseTitle}
      lead={words.refuseLead}
      reasons={data.items.map(({ reason_code, repeat }) => ({
        code: reason_code,
        name: words.reasons[reason_code] ?? reason_code,
        text: `${words.facts.repeat}: ${words.stepsInText[repeat]}`,
      }))}
      note={words.refuseNote}
      confirm={words.refuse}
      busy={change.isPending}
      error={change.error}
      onConfirm={(reason, note) =>
        change.mutate({ holdId, verb: 'refuse', reason, note: note || words.reasons[reason] || reason })
      }
      onClose={onClose}
    />
  );
}
