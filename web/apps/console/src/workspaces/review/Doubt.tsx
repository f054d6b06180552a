import { Button } from '@chonso/ui';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import type { useReport } from './audits.ts';
import { words } from './words.ts';

const w = words.audits;

/** A doubt needs its note: a supervisor has to know what to look at. */
export function Doubt({ report, onClose }: { report: ReturnType<typeof useReport>; onClose: () => void }) {
  return (
    <Dialog title={w.doubtTitle} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          const note = String(new FormData(event.currentTarget).get('note')).trim();
          if (note) report.mutate({ finding: 'DOUBTED', note });
        }}
      >
        <p className="lead">{w.doubtLead}</p>
        <div className="field">
          <label htmlFor="doubt-note">{w.note}</label>
          <textarea id="doubt-note" name="note" required maxLength={500} autoFocus />
        </div>
        <Refused error={report.error} />
        <footer>
          <Button kind="refuse" type="submit" busy={report.isPending}>
            {w.doubt}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
