import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Countdown, Msisdn, Seal, Sheet, Skeleton, toast } from '@chonso/ui';
import { Copy, QrCode as QrSign } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Slip } from '../hold/holds.ts';
import { useShellWords } from '../shell/words.ts';
import { useSlipWords } from './words.ts';

const QrCode = lazy(() => import('./QrCode.tsx'));
const DAY_MS = 86_400_000;

/** The paper ticket: the number, what comes with it, the red seal, the code and the time that is left (F3.13). */
export function Ticket({ slip, onEnd }: { slip: Slip; onEnd: () => void }) {
  const t = useSlipWords();
  const monthly = fmt.vnd(slip.commitment_vnd_per_month);
  return (
    <section className="ticket" aria-label={t.title}>
      <div className="ticket-a">
        <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
        <dl>
          <div>
            <dt>{t.sim}</dt>
            <dd>{slip.sim === 'ESIM' ? t.esim : t.physical}</dd>
          </div>
          <div>
            <dt>{t.price}</dt>
            <dd>{slip.price_vnd ? fmt.vnd(slip.price_vnd) : t.free}</dd>
          </div>
          <div>
            <dt>{t.commitment}</dt>
            <dd>{slip.commitment_months ? t.months(monthly, slip.commitment_months) : t.noCommitment}</dd>
          </div>
          {slip.promotion_code && (
            <div>
              <dt>{t.promotion}</dt>
              <dd>{slip.promotion_code}</dd>
            </div>
          )}
        </dl>
        <Seal word={t.seal[slip.status]} around={t.sealRing} />
      </div>
      <div className="ticket-cut" aria-hidden="true" />
      <div className="ticket-b">
        <Code slip={slip} />
        <TimeLeft slip={slip} onEnd={onEnd} />
      </div>
    </section>
  );
}

function Code({ slip }: { slip: Slip }) {
  const t = useSlipWords();
  const shell = useShellWords();
  const [shown, setShown] = useState(false);
  const code = slip.hold_code;
  const copy = async () => {
    await navigator.clipboard.writeText(code ?? '');
    toast(shell.copied);
  };
  return (
    <div className="ticket-code">
      <p>
        <span>{t.code}</span>
        <b className={code ? undefined : 'is-none'}>{slip.hold_code_display ?? t.noCode}</b>
      </p>
      {code && (
        <>
          <button type="button" className="round" aria-label={t.copy} onClick={() => void copy()}>
            <Copy size={18} aria-hidden="true" />
          </button>
          <button type="button" className="round" aria-label={t.qr} onClick={() => setShown(true)}>
            <QrSign size={18} aria-hidden="true" />
          </button>
        </>
      )}
      {shown && code && (
        <Sheet title={t.qrTitle} close={shell.close} onClose={() => setShown(false)}>
          <Suspense fallback={<Skeleton height={280} />}>
            <QrCode text={code} name={t.codeSpoken(code)} />
          </Suspense>
          <p className="qr-code">{slip.hold_code_display}</p>
          <p className="qr-text">{t.qrText}</p>
        </Sheet>
      )}
    </div>
  );
}

/** The running clock of the slip: paid in time, fetched in time; none once nothing can run out. */
function TimeLeft({ slip, onEnd }: { slip: Slip; onEnd: () => void }) {
  const t = useSlipWords();
  const end = slip.status === 'HELD' || slip.status === 'DRAFT' ? slip.status : slip.clock;
  if (!end || slip.status === 'RELEASED' || slip.status === 'EXPIRED') return null;
  const isFar = Date.parse(slip.expires_at) - serverNow() > DAY_MS;
  return (
    <p className="ticket-left">
      <span>
        {t.until[end]} {!isFar && fmt.hour(slip.expires_at)}
      </span>
      {isFar ? (
        <b>{fmt.time(slip.expires_at)}</b>
      ) : (
        <b>
          <span className="sr">{t.left} </span>
          <Countdown until={slip.expires_at} now={serverNow} onEnd={onEnd} />
        </b>
      )}
    </p>
  );
}
