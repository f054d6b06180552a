import { Button, Note } from '@chonso/ui';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { go } from '../router.tsx';
import { Page } from '../shell/Page.tsx';
import { useMe } from '../shell/session.ts';
import { Ticket } from '../slip/Ticket.tsx';
import { useCodeAndPhone } from './code_and_phone.tsx';
import { lookUp, type Slip } from './slips.ts';
import { useHoldsWords } from './words.ts';

/** Look a slip up by its code and phone, without an account (SB.2.4, G11). */
export function LookUp() {
  const t = useHoldsWords();
  const [slip, setSlip] = useState<Slip>();
  const asking = useCodeAndPhone({
    purpose: 'LOOKUP',
    confirm: t.show,
    onProof: async (code, proof) => setSlip(await lookUp(code, proof)),
  });
  if (slip) return <Shown slip={slip} again={() => setSlip(undefined)} />;
  return (
    <Page title={t.lookUpTitle} up="/holds" lead={t.lookUpLead} action={asking.button}>
      {asking.fields}
    </Page>
  );
}

const CLAIMABLE = ['HELD', 'CONFIRMED'];

function Shown({ slip, again }: { slip: Slip; again: () => void }) {
  const t = useHoldsWords();
  const me = useMe();
  const claim = `/holds/claim?code=${slip.hold_code}`;
  const claimable = slip.entrance === 'CHANNEL' && CLAIMABLE.includes(slip.status);
  return (
    <Page
      title={t.found}
      up="/holds"
      action={
        claimable && (
          <Button kind="primary" large onClick={() => go(claim)}>
            {t.takeIt}
          </Button>
        )
      }
    >
      <Ticket slip={slip} onEnd={again} />
      {claimable && me === null && (
        <Note icon={<UserRound size={18} aria-hidden="true" />}>{t.takeItText}</Note>
      )}
      <Button kind="text" onClick={again}>
        {t.again}
      </Button>
    </Page>
  );
}
