import { Button, Msisdn, Seal, Skeleton, State } from '@chonso/ui';
import { Hourglass, Smartphone } from 'lucide-react';
import { type Journey, stepAddress, useJourney } from '../activation/journey.ts';
import { Unreadable } from '../activation/Trouble.tsx';
import { go, useParams } from '../router.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { Installing } from './Installing.tsx';
import { useEsimWords } from './words.ts';

const WAITS = ['ESIM_QR_SENT', 'ESIM_INSTALL_FAILED'];

/** Put the profile on a phone: link, QR code or by hand; and say how it went (F5b.13 to F5b.20). */
export function Esim() {
  const t = useEsimWords();
  const { holdId = '' } = useParams();
  const me = useSignedIn();
  const { journey, error, refetch } = useJourney(holdId, me !== undefined);
  if (!me || !journey)
    return (
      <Page title={t.title} up={`/holds/${holdId}`} busy={!error}>
        {error ? <Unreadable error={error} retry={refetch} /> : <Skeleton height={420} />}
      </Page>
    );
  const status = journey.activation?.status ?? 'NOT_STARTED';
  if (journey.slip.sim !== 'ESIM' || (status !== 'ACTIVATED' && !WAITS.includes(status)))
    return <NotYet journey={journey} />;
  return status === 'ACTIVATED' ? (
    <Done journey={journey} />
  ) : (
    <Installing journey={journey} email={me.email} />
  );
}

function Done({ journey }: { journey: Journey }) {
  const t = useEsimWords();
  const { slip, holdId } = journey;
  return (
    <Page
      title={t.title}
      up={`/holds/${holdId}`}
      action={
        <Button kind="primary" large onClick={() => go(`/holds/${holdId}`)}>
          {t.toSlip}
        </Button>
      }
    >
      <section className="joined" role="status">
        <Seal word={t.seal} around={t.around} size={124} />
        <h2>{t.done}</h2>
        <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
        <p>{t.doneText}</p>
      </section>
    </Page>
  );
}

function NotYet({ journey }: { journey: Journey }) {
  const t = useEsimWords();
  const { slip, holdId } = journey;
  const isCard = slip.sim !== 'ESIM';
  return (
    <Page title={t.title} up={`/holds/${holdId}`}>
      <State
        icon={
          isCard ? <Smartphone size={32} aria-hidden="true" /> : <Hourglass size={32} aria-hidden="true" />
        }
        title={isCard ? t.cardSim : t.notYet}
        action={
          <Button kind="quiet" onClick={() => go(stepAddress(holdId))}>
            {t.toActivation}
          </Button>
        }
      >
        {isCard ? null : t.notYetText}
      </State>
    </Page>
  );
}
