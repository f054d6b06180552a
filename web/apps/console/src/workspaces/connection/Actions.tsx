import { fmt } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { useState } from 'react';
import { Refused } from '../../shell/Failure.tsx';
import { Kbd } from '../../shell/Kbd.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useNames } from '../../shell/names.ts';
import { useHasRole, useMe } from '../../shell/session.ts';
import type { Dossier, useChange } from './dossiers.ts';
import { Reopen } from './Reopen.tsx';
import { words } from './words.ts';

type Props = { dossier: Dossier; change: ReturnType<typeof useChange>; onOpen: () => void };

/** What may be done about a dossier that is not open: claim, take over, open one's own, or reopen a step. */
export function Actions({ dossier, change, onOpen }: Props) {
  const me = useMe().subject_id;
  const supervises = useHasRole('region_manager');
  const names = useNames([dossier.claimed_by]);
  const [isReopening, setReopening] = useState(false);
  const { hold_id: holdId, claimed_by: owner, stage } = dossier;
  const isWaiting = stage === 'QUEUED' || stage === 'DELAYED';
  const mayClaim = isWaiting && owner !== me && dossier.call_approved_by !== me;
  const verb = owner && supervises ? 'take-over' : 'claim';
  const begin = () => change.mutate({ holdId, verb });
  useKeys(words.dossier, [
    { key: 'Enter', name: words.claim, enabled: mayClaim && !change.isPending, run: begin },
    { key: 'Enter', name: words.open, enabled: isWaiting && owner === me, run: onOpen },
  ]);
  const canReopen = stage === 'REFUSED' && dossier.repeat === 'STORE' && supervises;
  if (!isWaiting && !canReopen) return null;
  const at = dossier.claimed_at ? fmt.day(dossier.claimed_at) : '';
  return (
    <footer className="side-f">
      {owner && owner !== me && isWaiting && <p>{words.claimedBy(names(owner), at)}</p>}
      {isWaiting && dossier.call_approved_by === me && <p>{words.ownApproval}</p>}
      <Refused error={isReopening ? null : change.error} />
      {isWaiting && owner === me && (
        <>
          <Button busy={change.isPending} onClick={() => change.mutate({ holdId, verb: 'release' })}>
            {words.release}
          </Button>
          <Button kind="primary" onClick={onOpen}>
            {words.open} <Kbd of="Enter" />
          </Button>
        </>
      )}
      {mayClaim && (
        <Button kind="primary" busy={change.isPending} onClick={begin}>
          {owner && supervises ? words.takeOver : words.claim} <Kbd of="Enter" />
        </Button>
      )}
      {canReopen && (
        <Button kind="primary" onClick={() => setReopening(true)}>
          {words.reopen}
        </Button>
      )}
      {isReopening && <Reopen holdId={holdId} change={change} onClose={() => setReopening(false)} />}
    </footer>
  );
}
