import { Button, toast } from '@chonso/ui';
import { useState } from 'react';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import type { useAct } from './cases.ts';
import { words } from './words.ts';

const w = words.stores;

/** Lets a customer who was sent to a store try again online, for a reason (G27). */
export function Reopen({ act }: { act: ReturnType<typeof useAct> }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <footer className="side-f">
      <Button kind="line" onClick={() => setAsking(true)}>
        {w.reopen}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={w.reopenTitle}
          lead={w.reopenLead}
          reasons={Object.entries(w.reopenReasons).map(([code, name]) => ({ code, name }))}
          confirm={w.reopen}
          busy={act.isPending}
          error={act.error}
          onConfirm={(reason_code) =>
            act.mutate(
              { act: 'reopen', body: { reason_code, repeat: 'PHOTO' } },
              { onSuccess: () => toast(w.reopened) },
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </footer>
  );
}
