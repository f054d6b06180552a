import { api, type Schemas, send } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Arcs, Skeleton, State } from '@chonso/ui';
import { useQuery } from '@tanstack/react-query';
import { Wifi } from 'lucide-react';
import { Link } from '../router.tsx';
import { usePromotions } from '../search/numbers.ts';
import { Failure } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { usePlanWords } from './words.ts';

const MB_PER_GB = 1024;
const gigabytes = (mb: number) => (mb / MB_PER_GB).toLocaleString('vi-VN', { maximumFractionDigits: 1 });

/** The packages, and the promotion that comes with an eSIM (SB.2.5, SB.6). */
export function Plans() {
  const t = usePlanWords();
  const packages = useQuery({
    queryKey: ['packages'],
    queryFn: () => send(api.GET('/api/catalog/v1/packages')),
    staleTime: 300_000,
  });
  const promotions = usePromotions();
  const waiting = packages.isPending || promotions.isPending;
  return (
    <Page title={t.title} tabs busy={waiting}>
      {!waiting &&
        promotions.data?.items.map((promotion) => <Promotion key={promotion.code} promotion={promotion} />)}
      {!waiting && <h2>{t.packages}</h2>}
      {packages.isError && <Failure error={packages.error} retry={() => void packages.refetch()} />}
      {waiting && <Skeleton height={180} />}
      {packages.data?.items.length === 0 && (
        <State icon={<Wifi size={32} aria-hidden="true" />} title={t.none} />
      )}
      {!waiting && !!packages.data?.items.length && (
        <ul className="list">
          {packages.data.items.map((plan) => (
            <li key={plan.code} className="row">
              <b>{plan.name_vi}</b>
              <b className={plan.price_vnd ? undefined : 'is-free'}>
                {plan.price_vnd ? fmt.vnd(plan.price_vnd) : t.free}
              </b>
              <small>{plan.text_vi}</small>
              <small>{t.days(plan.days)}</small>
              <small>
                {t.data(gigabytes(plan.data_mb))}
                {plan.data_mb_per_day !== null && `, ${t.perDay(gigabytes(plan.data_mb_per_day))}`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Promotion({ promotion }: { promotion: Schemas['catalog.PromotionView'] }) {
  const t = usePlanWords();
  return (
    <aside className="promo promo-wide">
      <span className="promo-q" aria-hidden="true">
        <Arcs size={26} />
      </span>
      <div>
        <b>{promotion.code}</b>
        <p>{promotion.text_vi}</p>
        <p>
          {t.gift}. {promotion.new_subscribers_only && `${t.newOnly}. `}
          {t.until(fmt.date(promotion.valid_to))}
        </p>
      </div>
      <Link href="/" className="promo-a">
        {t.choose}
      </Link>
    </aside>
  );
}
