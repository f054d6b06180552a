import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Seal } from '@chonso/ui';
import { useState } from 'react';
import { go } from '../router.tsx';
import { Page } from '../shell/Page.tsx';
import { useMe } from '../shell/session.ts';
import { useCodeAndPhone } from './code_and_phone.tsx';
import { HoldStatus } from './Status.tsx';
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
          <>
            <Button kind="primary" large onClick={() => go(claim)}>
              {t.takeIt}
            </Button>
            {me === null && <p className="drawer-note">{t.takeItText}</p>}
          </>
        )
      }
    >
      <article className="found">
        <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
        <HoldStatus slip={slip} />
        <dl className="facts">
          <dt>{t.codeIs}</dt>
          <dd>{slip.hold_code_display}</dd>
          <dt>{t.sim}</dt>
          <dd>{slip.sim === 'ESIM' ? t.esim : t.physical}</dd>
          <dt>{t.price}</dt>
          <dd>{slip.price_vnd ? fmt.vnd(slip.price_vnd) : t.free}</dd>
          <dt>{t.simFee}</dt>
          <dd>{fmt.vnd(slip.sim_fee_vnd)}</dd>
          {slip.commitment_months > 0 && (
            <>
              <dt>{t.commitment}</dt>
              <dd>{t.months(fmt.vnd(slip.commitment_vnd_per_month), slip.commitment_months)}</dd>
            </>
          )}
          {slip.promotion_code && (
            <>
              <dt>{t.gift}</dt>
              <dd>{slip.promotion_code}</dd>
            </>
          )}
          {CLAIMABLE.includes(slip.status) && (
            <>
              <dt>{t.endsAt}</dt>
              <dd>{fmt.time(slip.expires_at)}</dd>
            </>
          )}
        </dl>
        {CLAIMABLE.includes(slip.status) && <Seal word={t.seal} around={t.sealAround} size={92} />}
      </article>
      <Button kind="text" onClick={again}>
        {t.again}
      </Button>
    </Page>
  );
}
