import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Note, Skeleton } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, CreditCard, IdCard, MessageSquareText, Sun } from 'lucide-react';
import { useEffect } from 'react';
import { patiently } from '../patiently.ts';
import { go, useParams } from '../router.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { useMayActivate } from './channels.ts';
import { InstallApp } from './InstallApp.tsx';
import { type Journey, openSession, stepAddress, useJourney } from './journey.ts';
import { stepOf } from './steps.ts';
import { Trouble, Unreadable } from './Trouble.tsx';
import { useActivationWords } from './words.ts';

/** The way into the activation: it leads to the step that is next, or says what is needed to begin (F5a.3, F5b.2). */
export function Start() {
  const t = useActivationWords();
  const { holdId = '' } = useParams();
  const me = useSignedIn();
  const { journey, error, refetch } = useJourney(holdId, me !== undefined);
  const mayActivate = useMayActivate();
  const isBegun = journey !== undefined && hasBegun(journey);
  const next = journey && isBegun ? stepOf(journey) : undefined;
  useEffect(() => {
    if (next) go(stepAddress(holdId, next), true);
  }, [next, holdId]);
  if (journey && !isBegun && mayActivate !== undefined)
    return <Beginning journey={journey} mayActivate={mayActivate} />;
  return (
    <Page title={t.title} up={`/holds/${holdId}`} busy={!error}>
      {error ? <Unreadable error={error} retry={refetch} /> : <Skeleton height={320} />}
    </Page>
  );
}

const hasBegun = ({ session, activation }: Journey): boolean =>
  (session !== null && session.status !== 'CLOSED') ||
  !['NOT_STARTED', 'DRAFT'].includes(activation?.status ?? 'NOT_STARTED');

function Beginning({ journey, mayActivate }: { journey: Journey; mayActivate: boolean }) {
  const t = useActivationWords();
  const client = useQueryClient();
  const { slip, holdId } = journey;
  const opening = useMutation({
    mutationFn: () => patiently(() => openSession(client, holdId)),
    onSuccess: () => go(stepAddress(holdId, 'info'), true),
  });
  const deadline = journey.activation?.deadline;
  const needs = [
    { Icon: IdCard, title: t.needs.card, text: t.needs.cardText },
    ...(slip.sim === 'PHYSICAL' ? [{ Icon: CreditCard, title: t.needs.sim, text: t.needs.simText }] : []),
    { Icon: Sun, title: t.needs.place, text: t.needs.placeText },
    { Icon: MessageSquareText, title: t.needs.phone, text: t.needs.phoneText },
  ];
  return (
    <Page
      title={t.title}
      up={`/holds/${holdId}`}
      action={
        mayActivate && (
          <Button kind="primary" large busy={opening.isPending} onClick={() => opening.mutate()}>
            {t.start}
          </Button>
        )
      }
    >
      <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
      {mayActivate ? <p className="lead">{t.startLead}</p> : <InstallApp />}
      <section className="stack" aria-labelledby="needs">
        <h2 id="needs">{t.need}</h2>
        <ul className="list">
          {needs.map(({ Icon, title, text }) => (
            <li key={title} className="row row-icon">
              <Icon size={20} aria-hidden="true" />
              <span>
                <b>{title}</b>
                <small>{text}</small>
              </span>
            </li>
          ))}
        </ul>
      </section>
      {deadline && (
        <Note icon={<CalendarClock size={18} aria-hidden="true" />}>
          <b>{t.deadline(fmt.time(deadline))}</b>
          <p>{t.deadlineText}</p>
        </Note>
      )}
      <Trouble error={opening.error} />
    </Page>
  );
}
