import { fmt } from '@chonso/i18n';
import { Arcs, Button, Skeleton, State } from '@chonso/ui';
import { ChevronDown, SearchX, SlidersHorizontal } from 'lucide-react';
import { Fragment, lazy, Suspense, useEffect, useState } from 'react';
import { go, Link, useAddress } from '../router.tsx';
import { Failure } from '../shell/Failure.tsx';
import { LanguageButton } from '../shell/LanguageButton.tsx';
import { useTitle } from '../shell/Page.tsx';
import { TabBar } from '../shell/TabBar.tsx';
import { useShellWords } from '../shell/words.ts';
import { DigitMask } from './DigitMask.tsx';
import { isAnywhere } from './mask.ts';
import { useNumbers, usePromotions } from './numbers.ts';
import { OfferRow } from './OfferRow.tsx';
import { addressOf, filtersIn, isOpen, type Query, queryOf, type Sort } from './query.ts';
import { useSearchWords } from './words.ts';

const Filters = lazy(async () => ({ default: (await import('./Filters.tsx')).Filters }));
const loadHoldSheet = async () => ({ default: (await import('../hold/HoldSheet.tsx')).HoldSheet });
const HoldSheet = lazy(loadHoldSheet);

const QUICK = ['TAXI_2', 'SOI_GUONG', 'SANH_TIEN_4', 'NAM_SINH'] as const;
const PROMO_AFTER = 2;
const UNDER = 2_000_000;

/** The search: digits, filters, and the list of numbers with their beauty drawn (F3.1, P1.2). */
export function Search() {
  const t = useSearchWords();
  useTitle(t.title);
  const { searchParams } = useAddress();
  const query = queryOf(searchParams);
  const chosen = searchParams.get('giu');
  const [filtering, setFiltering] = useState(false);
  const show = (part: Partial<Query>) => go(addressOf({ ...query, ...part }), true);
  const open = (msisdn: string) => {
    const address = addressOf(query);
    go(`${address}${address.includes('?') ? '&' : '?'}giu=${msisdn}`);
  };
  return (
    <div className="shell has-tabs">
      <Top query={query} onShow={show} />
      <main className="sheet">
        <Chips query={query} onShow={show} onFilters={() => setFiltering(true)} />
        <Results query={query} onHold={open} />
      </main>
      <TabBar />
      <Suspense>
        {filtering && (
          <Filters
            query={query}
            onClose={() => setFiltering(false)}
            onApply={(next) => {
              setFiltering(false);
              show(next);
            }}
          />
        )}
        {chosen && <HoldSheet key={chosen} msisdn={chosen} onClose={() => go(addressOf(query), true)} />}
      </Suspense>
    </div>
  );
}

type PartProps = { query: Query; onShow: (part: Partial<Query>) => void };

function Top({ query, onShow }: PartProps) {
  const t = useSearchWords();
  const shell = useShellWords();
  return (
    <header className="top">
      <svg className="waves" viewBox="0 0 200 200" fill="none" aria-hidden="true">
        {[30, 58, 86, 114, 142, 170].map((r) => (
          <circle key={r} cx="170" cy="40" r={r} />
        ))}
      </svg>
      <div className="bar">
        <span className="brand">
          <Arcs /> {shell.brand}
        </span>
        <LanguageButton />
      </div>
      <h1 className="sr" tabIndex={-1}>
        {t.title}
      </h1>
      <DigitMask value={query.cells} onChange={(cells) => onShow({ cells })} onSubmit={() => undefined} />
    </header>
  );
}

function Chips({ query, onShow, onFilters }: PartProps & { onFilters: () => void }) {
  const t = useSearchWords();
  const count = filtersIn(query);
  return (
    <div className="chips">
      <button type="button" className="chip" aria-pressed={count > 0} onClick={onFilters}>
        <SlidersHorizontal size={16} aria-hidden="true" />
        {count ? t.filtersOn(count) : t.filters}
      </button>
      <button
        type="button"
        className="chip"
        aria-pressed={query.max === UNDER}
        onClick={() => onShow({ max: query.max === UNDER ? null : UNDER })}
      >
        {t.under2m}
      </button>
      {QUICK.map((code) => {
        const on = query.classes.includes(code);
        return (
          <button
            key={code}
            type="button"
            className="chip"
            aria-pressed={on}
            onClick={() => onShow({ classes: on ? [] : [code] })}
          >
            {t.quick[code]}
          </button>
        );
      })}
    </div>
  );
}

function Results({ query, onHold }: { query: Query; onHold: (msisdn: string) => void }) {
  const t = useSearchWords();
  const page = useNumbers(query);
  const promotions = usePromotions();
  const waiting = page.isPending || promotions.isPending;
  useEffect(() => {
    if (!waiting) void loadHoldSheet().catch(() => undefined); // the next press opens it at once
  }, [waiting]);
  const offers = page.data?.pages.flatMap((part) => part.items) ?? [];
  if (page.isError && !offers.length) return <Failure error={page.error} retry={() => void page.refetch()} />;
  return (
    <>
      <div className="count">
        <p aria-live="polite">
          {page.isError ? t.stale(fmt.hour(new Date(page.dataUpdatedAt))) : <Heading query={query} />}
        </p>
        <label>
          <span className="sr">{t.sort.label}</span>
          <select
            value={query.sort}
            onChange={(event) => go(addressOf({ ...query, sort: event.target.value as Sort }), true)}
          >
            {(['nice', 'price', 'number'] as const).map((sort) => (
              <option key={sort} value={sort}>
                {t.sort[sort]}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden="true" />
        </label>
      </div>
      {waiting ? (
        <Waiting />
      ) : (
        <ul className="offers" aria-busy={page.isPlaceholderData}>
          {offers.map((offer, i) => (
            <Fragment key={offer.msisdn}>
              <li>
                <OfferRow offer={offer} onHold={() => onHold(offer.display.replaceAll(' ', ''))} />
              </li>
              {i === PROMO_AFTER && <Promo />}
            </Fragment>
          ))}
        </ul>
      )}
      {!waiting && !offers.length && <Nothing />}
      {page.hasNextPage && (
        <p className="more">
          <Button kind="line" busy={page.isFetchingNextPage} onClick={() => void page.fetchNextPage()}>
            {t.more}
          </Button>
        </p>
      )}
    </>
  );
}

function Heading({ query }: { query: Query }) {
  const t = useSearchWords();
  if (isOpen(query)) return t.suggested;
  if (!query.cells) return t.all;
  return isAnywhere(query.cells) ? t.anywhere(query.cells) : t.shaped;
}

function Nothing() {
  const t = useSearchWords();
  return (
    <State
      icon={<SearchX size={32} aria-hidden="true" />}
      title={t.noneTitle}
      action={
        <Button kind="quiet" onClick={() => go('/', true)}>
          {t.noneAction}
        </Button>
      }
    >
      {t.noneText}
    </State>
  );
}

function Waiting() {
  return (
    <ul className="offers">
      {Array.from({ length: 7 }, (_, i) => (
        <li key={i}>
          <div className="offer">
            <div className="offer-n">
              <Skeleton width={190} height={38} />
              <Skeleton width={120} height={17} />
            </div>
            <div className="offer-p">
              <Skeleton width={90} height={30} />
              <Skeleton width={84} height={38} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Promo() {
  const t = useSearchWords();
  const promotion = usePromotions().data?.items.find(({ sim }) => sim === 'ESIM');
  if (!promotion) return null;
  return (
    <li>
      <aside className="promo">
        <span className="promo-q" aria-hidden="true">
          <Arcs size={26} />
        </span>
        <div>
          <b>{t.promo.title}</b>
          <p>{promotion.text_vi}</p>
        </div>
        <Link href="/plans" className="promo-a">
          {t.promo.more}
        </Link>
      </aside>
    </li>
  );
}
