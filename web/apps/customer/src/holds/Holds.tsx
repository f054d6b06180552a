import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Countdown, Msisdn, Skeleton, State } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Ticket } from 'lucide-react';
import { useEffect } from 'react';
import { go, Link, useAddress } from '../router.tsx';
import { Failure, Stale } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { signInAddress, useWhoAmI } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { HoldStatus } from './Status.tsx';
import { HOLDS, type Slip, useHolds } from './slips.ts';
import { useHoldsWords } from './words.ts';

const DAY_MS = 24 * 3600_000;
const LIVE = ['DRAFT', 'HELD', 'CONFIRMED'];

/** The person's hold slips (SB.2.4); a code in the address (`?code=GS…`) opens its claim or look-up. */
export function Holds() {
  const t = useHoldsWords();
  const { data: me, error, refetch } = useWhoAmI();
  const code = useAddress().searchParams.get('code');
  useEffect(() => {
    if (code === null || me === undefined) return;
    go(`/holds/${me ? 'claim' : 'lookup'}?code=${encodeURIComponent(code)}`, true);
  }, [code, me]);
  return (
    <Page title={t.title} tabs busy={me === undefined}>
      {me === undefined && (error ? <Failure error={error} retry={() => void refetch()} /> : <Waiting />)}
      {me && <Own />}
      {me === null && <Visitor />}
    </Page>
  );
}

function Own() {
  const t = useHoldsWords();
  const shell = useShellWords();
  const holds = useHolds(true);
  const slips = holds.data?.pages.flatMap((page) => page.items) ?? [];
  if (holds.isPending) return <Waiting />;
  if (!holds.data) return <Failure error={holds.error} retry={() => void holds.refetch()} />;
  return (
    <>
      <Stale reading={holds} />
      {slips.length ? (
        <ul className="list">
          {slips.map((slip) => (
            <li key={slip.hold_id}>
              <Row slip={slip} />
            </li>
          ))}
        </ul>
      ) : (
        <State
          icon={<Ticket size={32} aria-hidden="true" />}
          title={t.empty}
          action={
            <Button kind="primary" onClick={() => go('/')}>
              {t.toSearch}
            </Button>
          }
        >
          {t.emptyText}
        </State>
      )}
      {holds.hasNextPage && (
        <p className="more">
          <Button kind="line" busy={holds.isFetchingNextPage} onClick={() => void holds.fetchNextPage()}>
            {shell.more}
          </Button>
        </p>
      )}
      <Ways claims />
    </>
  );
}

/** The other ways to a slip; they come with the list, so that nothing moves. */
function Ways({ claims = false }) {
  const t = useHoldsWords();
  return (
    <nav className="list" aria-label={t.lookUp}>
      {claims && <Way href="/holds/claim" name={t.claim} text={t.claimText} />}
      <Way href="/holds/lookup" name={t.lookUp} text={t.lookUpText} />
    </nav>
  );
}

function Row({ slip }: { slip: Slip }) {
  const t = useHoldsWords();
  const page = slip.status === 'DRAFT' ? '/form' : '';
  return (
    <Link
      href={`/holds/${slip.hold_id}${page}`}
      className="row slip-r"
      data-over={!LIVE.includes(slip.status)}
    >
      <Msisdn display={slip.display} priceClass={slip.price_class} size="sm" />
      <small className="slip-t">
        <TimeLeft slip={slip} />
      </small>
      <HoldStatus slip={slip} />
      <small className="slip-t">
        {slip.sim === 'ESIM' ? t.esim : t.physical}
        {slip.hold_code_display && ` · ${slip.hold_code_display}`}
      </small>
    </Link>
  );
}

function TimeLeft({ slip }: { slip: Slip }) {
  const t = useHoldsWords();
  const client = useQueryClient();
  if (!LIVE.includes(slip.status)) return fmt.date(slip.expires_at);
  if (Date.parse(slip.expires_at) - serverNow() > DAY_MS) return t.until(fmt.date(slip.expires_at));
  return (
    <>
      {t.left}{' '}
      <Countdown
        until={slip.expires_at}
        now={serverNow}
        onEnd={() => void client.invalidateQueries({ queryKey: HOLDS })}
      />
    </>
  );
}

function Visitor() {
  const t = useHoldsWords();
  return (
    <>
      <State
        icon={<Ticket size={32} aria-hidden="true" />}
        title={t.visitor}
        action={
          <Button kind="primary" onClick={() => go(signInAddress('/holds'))}>
            {t.signIn}
          </Button>
        }
      >
        {t.visitorText}
      </State>
      <Ways />
    </>
  );
}

function Way({ href, name, text }: { href: string; name: string; text: string }) {
  return (
    <Link href={href} className="row way">
      <b>{name}</b>
      <span className="row-end">
        <ChevronRight size={18} aria-hidden="true" />
      </span>
      <small>{text}</small>
    </Link>
  );
}

function Waiting() {
  return (
    <ul className="list">
      {Array.from({ length: 4 }, (_, i) => (
        <li key={i} className="row slip-r">
          <Skeleton width={150} height={27} />
          <Skeleton width={70} height={19} />
          <Skeleton width={130} height={20} />
          <Skeleton width={90} height={19} />
        </li>
      ))}
    </ul>
  );
}
