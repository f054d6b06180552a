import { fmt } from '@chonso/i18n';
import { Button, toast } from '@chonso/ui';
import { LockKeyhole, Timer } from 'lucide-react';
import { useState } from 'react';
import { useNames } from '../../../shell/names.ts';
import { ReasonDialog } from '../../../shell/ReasonDialog.tsx';
import { useHasRole } from '../../../shell/session.ts';
import { words } from './keeping.words.ts';
import { useLift, usePlace } from './recordings.ts';
import type { Evidence } from './timeline.ts';

const w = words.hold;
const listed = (names: Record<string, string>) =>
  Object.entries(names).map(([code, name]) => ({ code, name }));

/** Whether the evidence is kept whatever its time, and a supervisor's word about that (LAW12). */
export function LegalHold({ evidence }: { evidence: Evidence }) {
  const hold = evidence.legal_hold;
  const manages = useHasRole('region_manager');
  const names = useNames([hold?.placed_by]);
  const [isAsking, setAsking] = useState(false);
  const Sign = hold ? LockKeyhole : Timer;
  const reasons: Partial<Record<string, string>> = w.reasons;
  return (
    <div className="pb-verdict pb-hold" data-look={hold ? 'held' : 'plain'}>
      <Sign size={20} aria-hidden="true" />
      <p>
        <b>{hold ? w.stands : w.none}</b>
        {hold ? (
          <>
            <span>{reasons[hold.reason_code] ?? hold.reason_code}</span>
            <span>{w.by(names(hold.placed_by), fmt.time(hold.placed_at))}</span>
          </>
        ) : (
          <span>{w.noneText}</span>
        )}
      </p>
      {manages && (
        <Button kind="line" onClick={() => setAsking(true)}>
          {hold ? w.lift : w.place}
        </Button>
      )}
      {isAsking && hold && <Lift evidence={evidence} onClose={() => setAsking(false)} />}
      {isAsking && !hold && <Place evidence={evidence} onClose={() => setAsking(false)} />}
    </div>
  );
}

type AskProps = { evidence: Evidence; onClose: () => void };

function Place({ evidence, onClose }: AskProps) {
  const place = usePlace(evidence, () => {
    onClose();
    toast(w.placed);
  });
  return (
    <ReasonDialog
      title={w.placeTitle}
      lead={w.placeLead}
      reasons={listed(w.reasons)}
      confirm={w.place}
      busy={place.isPending}
      error={place.error}
      onConfirm={(code) => place.mutate(code)}
      onClose={onClose}
    />
  );
}

function Lift({ evidence, onClose }: AskProps) {
  const lift = useLift(evidence, () => {
    onClose();
    toast(w.lifted);
  });
  return (
    <ReasonDialog
      title={w.liftTitle}
      lead={w.liftLead}
      reasons={listed(w.endings)}
      confirm={w.lift}
      busy={lift.isPending}
      error={lift.error}
      onConfirm={(code) => lift.mutate(code)}
      onClose={onClose}
    />
  );
}
