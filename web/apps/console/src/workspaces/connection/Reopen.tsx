import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import type { useChange } from './dossiers.ts';
import { words } from './words.ts';

const STEPS = ['EDIT', 'PHOTO', 'CALL', 'SERIAL', 'SIGN'] as const;

type Props = { holdId: string; change: ReturnType<typeof useChange>; onClose: () => void };

/** A supervisor lets a customer who was sent to a store go on online, from a step (F5a.18 TH1). */
export function Reopen({ holdId, change, onClose }: Props) {
  return (
    <ReasonDialog
      title={words.reopen}
      lead={words.reopenLead}
      legend={words.reopenStep}
      reasons={STEPS.map((code) => ({ code, name: words.steps[code] }))}
      note={words.refuseNote}
      confirm={words.reopen}
      busy={change.isPending}
      error={change.error}
      onConfirm={(step, note) =>
        change.mutate(
          { holdId, verb: 'reopen', step, note: note || words.steps[step as 'EDIT'] },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    />
  );
}
