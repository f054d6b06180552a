import { fmt } from '@chonso/i18n';
import { Button, Field, Msisdn, Note, toast } from '@chonso/ui';
import { Info } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { JourneyLink } from '../../../shell/JourneyLink.tsx';
import { ReasonDialog } from '../../../shell/ReasonDialog.tsx';
import { useHasRole } from '../../../shell/session.ts';
import { words as shell } from '../../../shell/words.ts';
import { type StockNumber, useNumber } from './stock.ts';
import { words } from './words.ts';

/** One number of the stock: what it costs, where it stands, and what an administrator may do with it. */
export function NumberSide({ number }: { number: StockNumber }) {
  const { display, status, withdrawn_at } = number;
  const { withdraw, publish } = useNumber(number.number_id);
  const [asking, setAsking] = useState<'withdraw' | 'price' | null>(null);
  const isAdmin = useHasRole('admin');
  const isActive = status === 'ACTIVE';
  const sell = () => publish.mutate(null, { onSuccess: () => toast(words.published(display)) });
  return (
    <>
      <header className="side-h">
        <p>{words.statuses[status]}</p>
        <Msisdn display={display} priceClass={number.price_class} />
        <b>{number.class_name_vi}</b>
      </header>
      <div className="side-b">
        <Facts number={number} />
        {isActive && <Remark text={words.active} />}
        {withdrawn_at && status !== 'WITHDRAWN' && <Remark text={words.withdrawnHeld} />}
        {number.hold_id && <JourneyLink holdId={number.hold_id} />}
        {!asking && <Refused error={publish.error ?? withdraw.error} />}
      </div>
      {isAdmin && !isActive && (
        <footer className="side-f">
          {withdrawn_at ? (
            <>
              <Button kind="line" onClick={() => setAsking('price')}>
                {words.changePrice}
              </Button>
              <Button kind="primary" busy={publish.isPending} onClick={sell}>
                {words.publish}
              </Button>
            </>
          ) : (
            <>
              <Button kind="refuse" onClick={() => setAsking('withdraw')}>
                {words.withdraw}
              </Button>
              <Button kind="primary" onClick={() => setAsking('price')}>
                {words.changePrice}
              </Button>
            </>
          )}
        </footer>
      )}
      {asking === 'withdraw' && (
        <ReasonDialog
          title={words.withdrawTitle(display)}
          lead={words.withdrawLead}
          reasons={words.reasons}
          confirm={words.withdraw}
          busy={withdraw.isPending}
          error={withdraw.error}
          onClose={() => setAsking(null)}
          onConfirm={(code) =>
            withdraw.mutate(code, {
              onSuccess: () => {
                setAsking(null);
                toast(words.withdrawn(display), { name: words.undo, run: sell });
              },
            })
          }
        />
      )}
      {asking === 'price' && (
        <PriceDialog number={number} publish={publish} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

function Remark({ text }: { text: string }) {
  return <Note icon={<Info size={18} aria-hidden="true" />}>{text}</Note>;
}

function Facts({ number }: { number: StockNumber }) {
  const facts: [string, string | null][] = [
    [words.price, fmt.vnd(number.price_vnd)],
    [words.fee, fmt.vnd(number.sim_fee_vnd)],
    [
      words.commitment,
      number.commitment_months
        ? words.months(fmt.vnd(number.commitment_vnd_per_month), number.commitment_months)
        : words.noCommitment,
    ],
    [words.stock, number.stock_region ?? words.common],
    [words.since, number.status_since && fmt.time(number.status_since)],
    [words.rests, number.rests_until && fmt.time(number.rests_until)],
    [words.withdrawnAt, number.withdrawn_at && fmt.time(number.withdrawn_at)],
  ];
  return (
    <dl className="facts-r">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

type PriceProps = {
  number: StockNumber;
  publish: ReturnType<typeof useNumber>['publish'];
  onClose: () => void;
};

/** Another price: a number that is off sale goes on sale with it. */
function PriceDialog({ number, publish, onClose }: PriceProps) {
  const [price, setPrice] = useState(String(number.price_vnd));
  const amount = Number(price.replace(/\D/g, ''));
  return (
    <Dialog title={words.priceTitle(number.display)} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate(amount, {
            onSuccess: () => {
              toast(words.priced);
              onClose();
            },
          });
        }}
      >
        <p className="lead">{words.priceLead}</p>
        <Field
          label={words.newPrice}
          inputMode="numeric"
          required
          maxLength={14}
          hint={fmt.vnd(amount)}
          value={price}
          onChange={(event) => setPrice(event.target.value.replace(/\D/g, ''))}
        />
        <Refused error={publish.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={publish.isPending} disabled={!price}>
            {words.changePrice}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
