import { fmt } from '@chonso/i18n';
import { Msisdn, Note, Skeleton } from '@chonso/ui';
import { TriangleAlert, X } from 'lucide-react';
import { Failure } from '../../shell/Failure.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { words as frame } from '../../shell/words.ts';
import { Actions } from './Actions.tsx';
import { Conditions } from './Conditions.tsx';
import { type Dossier, type useChange, useDossier } from './dossiers.ts';
import { DossierFacts } from './Facts.tsx';
import { words } from './words.ts';

type Props = {
  holdId: string;
  /** The row of the list, shown until the dossier has been read. */
  row: Dossier | undefined;
  claim: ReturnType<typeof useChange>;
  onOpen: (holdId: string) => void;
  onClose: () => void;
};

/** A dossier beside the list: what is known of it, and the way to one's own desk. */
export function Summary({ holdId, row, claim, onOpen, onClose }: Props) {
  const { data, error, refetch } = useDossier(holdId);
  const dossier = data ?? row;
  if (error && !dossier) return <Failure error={error} retry={() => void refetch()} />;
  if (!dossier)
    return (
      <div className="side-b" aria-busy="true">
        <Skeleton height={120} />
      </div>
    );
  return (
    <>
      <header className="side-h">
        <div className="cx-top">
          <p>{words.stages[dossier.stage]}</p>
          <button type="button" className="round cx-side-x" aria-label={frame.close} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </div>
        {dossier.msisdn && <Msisdn display={fmt.phone(dossier.msisdn)} />}
      </header>
      <div className="side-b">
        {dossier.incident && (
          <Note kind="warn" icon={<TriangleAlert size={18} aria-hidden="true" />}>
            {words.incident}
          </Note>
        )}
        <DossierFacts dossier={dossier} />
        <Conditions dossier={dossier} />
        <div>
          <JourneyLink holdId={holdId} />
        </div>
      </div>
      <Actions dossier={dossier} change={claim} onOpen={() => onOpen(holdId)} />
    </>
  );
}
