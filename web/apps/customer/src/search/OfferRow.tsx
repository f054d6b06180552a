import { fmt } from '@chonso/i18n';
import { Button, Msisdn } from '@chonso/ui';
import type { Offer } from './numbers.ts';
import { useSearchWords } from './words.ts';

type Props = { offer: Offer; onHold: () => void };

/** One number of the list: drawn, named, priced, and the way to hold it. */
export function OfferRow({ offer, onHold }: Props) {
  const t = useSearchWords();
  const { commitment_months: months, commitment_vnd_per_month: monthly } = offer;
  return (
    <article className="offer">
      <div className="offer-n">
        <Msisdn display={offer.display} priceClass={offer.price_class} />
        <p className="offer-tags">
          {offer.price_class !== 'THUONG' && <span className="offer-kind">{offer.class_name_vi}</span>}
          {months > 0 && <span>{t.commitment(fmt.vnd(monthly), months)}</span>}
        </p>
      </div>
      <div className="offer-p">
        <b className={offer.price_vnd ? undefined : 'is-free'}>
          {offer.price_vnd ? fmt.vnd(offer.price_vnd) : t.free}
        </b>
        <Button kind="quiet" onClick={onHold} aria-label={t.holdNumber(offer.display)}>
          {t.hold}
        </Button>
      </div>
    </article>
  );
}
