import { isProblem } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Choices, Msisdn, Sheet, Skeleton, State } from '@chonso/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { go } from '../router.tsx';
import { readOffer, usePromotions } from '../search/numbers.ts';
import { Failure, Refused } from '../shell/Failure.tsx';
import { signInAddress, useMe } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { holdKey, placeHold, type Sim } from './holds.ts';
import { useHoldWords } from './words.ts';

/** The sheet over the search: which SIM, what it costs, and the lock that keeps the number for the form (F3.1, F3.2). */
export function HoldSheet({ msisdn, onClose }: { msisdn: string; onClose: () => void }) {
  const t = useHoldWords();
  const shell = useShellWords();
  const [taken, setTaken] = useState(false);
  const offer = useQuery({
    queryKey: ['number', msisdn],
    queryFn: () => readOffer(msisdn),
    staleTime: 60_000,
  });
  return (
    <Sheet title={t.title} close={shell.close} onClose={onClose}>
      {offer.isPending && <Skeleton height={250} />}
      {offer.isError && <Failure error={offer.error} retry={() => void offer.refetch()} />}
      {offer.data &&
        (offer.data.offer && !taken ? (
          <Hold {...offer.data} offer={offer.data.offer} onTaken={() => setTaken(true)} />
        ) : (
          <Gone onClose={onClose} />
        ))}
    </Sheet>
  );
}

type Offered = Awaited<ReturnType<typeof readOffer>> & { offer: string; onTaken: () => void };

function Hold(number: Offered) {
  const t = useHoldWords();
  const me = useMe();
  const client = useQueryClient();
  const [sim, setSim] = useState<Sim>('ESIM');
  const [key] = useState(() => crypto.randomUUID());
  const gift = usePromotions().data?.items.some((promotion) => promotion.sim === 'ESIM');
  const hold = useMutation({
    mutationFn: () => placeHold(number.offer, sim, `${key}-${sim}`),
    onSuccess: (slip) => {
      client.setQueryData(holdKey(slip.hold_id), slip);
      go(`/holds/${slip.hold_id}/form`, true);
    },
    onError: (error) => {
      if (isProblem(error, 'number-taken', 'number-not-on-sale', 'number-resting')) {
        void client.invalidateQueries({ queryKey: ['numbers'] });
        number.onTaken();
      }
      if (isProblem(error, 'bad-slip'))
        void client.invalidateQueries({ queryKey: ['number', number.msisdn] });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (me === null) go(signInAddress());
        else if (!hold.isPending) hold.mutate();
      }}
    >
      <div className="drawer-n">
        <Msisdn display={number.display} priceClass={number.price_class} size="lg" />
        <b>{number.price_vnd ? fmt.vnd(number.price_vnd) : t.free}</b>
      </div>
      <p className="drawer-terms">
        {t.simFee(fmt.vnd(number.sim_fee_vnd))}
        {number.commitment_months > 0 && (
          <>
            <br />
            {t.commitment(fmt.vnd(number.commitment_vnd_per_month), number.commitment_months)}
          </>
        )}
      </p>
      <Choices<Sim>
        legend={t.sim}
        name="sim"
        value={sim}
        onChange={setSim}
        options={[
          { value: 'ESIM', title: t.esim, text: t.esimText, ...(gift && { mark: t.gift }) },
          { value: 'PHYSICAL', title: t.physical, text: t.physicalText },
        ]}
      />
      <Refused error={hold.error} />
      <Button kind="primary" large type="submit" busy={hold.isPending}>
        {me === null ? t.signIn : t.hold}
      </Button>
      <p className="drawer-note">{t.note}</p>
    </form>
  );
}

function Gone({ onClose }: { onClose: () => void }) {
  const t = useHoldWords();
  return (
    <State
      title={t.gone}
      action={
        <Button kind="primary" onClick={onClose}>
          {t.another}
        </Button>
      }
    >
      {t.goneText}
    </State>
  );
}
