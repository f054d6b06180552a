import { toast } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { holdKey } from '../hold/holds.ts';
import { go } from '../router.tsx';
import { useGuard } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import type { Me } from '../shell/session.ts';
import { useCodeAndPhone } from './code_and_phone.tsx';
import { claim, HOLDS } from './slips.ts';
import { useHoldsWords } from './words.ts';

/** Take a channel's slip into the account (P3.3, G06): its code, and the phone that the shop was given. */
export function Claim() {
  const t = useHoldsWords();
  const { me, failure } = useGuard();
  if (me) return <Taking me={me} />;
  return (
    <Page title={t.claimTitle} up="/holds" busy={!failure}>
      {failure}
    </Page>
  );
}

function Taking({ me }: { me: Me }) {
  const t = useHoldsWords();
  const client = useQueryClient();
  const { fields, button } = useCodeAndPhone({
    purpose: 'CLAIM',
    phone: me.phone,
    confirm: t.take,
    onProof: async (code, proof) => {
      const slip = await claim(code, proof);
      client.setQueryData(holdKey(slip.hold_id), slip);
      await client.invalidateQueries({ queryKey: HOLDS });
      toast(t.taken);
      go(`/holds/${slip.hold_id}`, true);
    },
  });
  return (
    <Page title={t.claimTitle} up="/holds" lead={t.claimLead} action={button}>
      {fields}
    </Page>
  );
}
