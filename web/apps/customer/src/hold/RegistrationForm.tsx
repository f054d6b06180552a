import { serverNow } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { Button, Countdown, Field, Msisdn, Skeleton, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { BirthAndSex, FullName, HomeAddress, IdNumber } from '../person/fields.tsx';
import { go, useParams } from '../router.tsx';
import { Failure, Refused } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import type { Me } from '../shell/session.ts';
import { GiveUp } from './GiveUp.tsx';
import { extend, holdKey, type Slip, useHold } from './holds.ts';
import { LockEnded } from './LockEnded.tsx';
import { BLANK, type Form, register } from './registration.ts';
import { useHoldWords } from './words.ts';

const OPEN = ['DRAFT', 'HELD'];

/** The subscriber's form, while the number is locked (F3.3 to F3.6). */
export function RegistrationForm() {
  const t = useHoldWords();
  const { holdId = '' } = useParams();
  const me = useSignedIn();
  const hold = useHold(holdId);
  if (!me || hold.isPending || hold.isError)
    return (
      <Page title={t.formTitle} up="/" busy={!me || hold.isPending}>
        {me && hold.isError ? (
          <Failure error={hold.error} retry={() => void hold.refetch()} />
        ) : (
          <Skeleton height={420} />
        )}
      </Page>
    );
  if (!OPEN.includes(hold.data.status)) return <LockEnded slip={hold.data} />;
  return <Filling me={me} slip={hold.data} onEnd={() => void hold.refetch()} />;
}

function Filling({ me, slip, onEnd }: { me: Me; slip: Slip; onEnd: () => void }) {
  const t = useHoldWords();
  const client = useQueryClient();
  const faultsOf = useFaults();
  const form = useRef<HTMLFormElement>(null);
  const known = { contact_phone: fmt.phone(me.phone), full_name: me.full_name ?? '', email: me.email ?? '' };
  const [draft, change, forget] = useDraft<Form>(`registration:${slip.hold_id}`, { ...BLANK, ...known });
  const sending = useMutation({
    mutationFn: () => register(slip.hold_id, draft),
    onSuccess: (issued) => {
      forget();
      client.setQueryData(holdKey(slip.hold_id), issued);
      void client.invalidateQueries({ queryKey: ['holds'] });
      go(`/holds/${slip.hold_id}`, true);
    },
    onError: () =>
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()),
  });
  const faults = faultsOf(sending.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  return (
    <Page
      title={t.formTitle}
      up="/"
      lead={t.formLead}
      action={
        <Button kind="primary" large type="submit" form="registration" busy={sending.isPending}>
          {t.submit}
        </Button>
      }
    >
      <Lock slip={slip} onEnd={onEnd} />
      <form id="registration" ref={form} className="stack" noValidate onSubmit={submit}>
        <Subscriber draft={draft} change={change} faults={faults} />
        <Contact draft={draft} change={change} faults={faults} esim={slip.sim === 'ESIM'} />
        <Refused error={sending.error} />
      </form>
      <GiveUp holdId={slip.hold_id} />
    </Page>
  );
}

function Lock({ slip, onEnd }: { slip: Slip; onEnd: () => void }) {
  const t = useHoldWords();
  const client = useQueryClient();
  const more = useMutation({
    mutationFn: () => extend(client, slip.hold_id),
    onSuccess: () => toast(t.extended),
  });
  return (
    <section className="lock">
      <Msisdn display={slip.display} priceClass={slip.price_class} />
      <p>
        {t.lockedFor} <Countdown until={slip.expires_at} now={serverNow} onEnd={onEnd} />
      </p>
      {!slip.extended && slip.status === 'DRAFT' && (
        <Button kind="quiet" busy={more.isPending} onClick={() => more.mutate()}>
          {t.extend}
        </Button>
      )}
      <Refused error={more.error} />
    </section>
  );
}

type PartProps = { draft: Form; change: (part: Partial<Form>) => void; faults: Record<string, string> };

function Subscriber({ draft, change, faults }: PartProps) {
  const t = useHoldWords();
  return (
    <section className="stack" aria-label={t.who}>
      <h2>{t.who}</h2>
      <FullName draft={draft} change={change} faults={faults} />
      <BirthAndSex draft={draft} change={change} faults={faults} />
      <IdNumber draft={draft} change={change} faults={faults} label={t.idNumber} hint={t.idHint} />
    </section>
  );
}

function Contact({ draft, change, faults, esim }: PartProps & { esim: boolean }) {
  const t = useHoldWords();
  return (
    <section className="stack" aria-label={t.contact}>
      <h2>{t.contact}</h2>
      <Field
        label={t.phone}
        name="contact_phone"
        inputMode="tel"
        autoComplete="tel"
        value={draft.contact_phone}
        error={faults.contact_phone}
        onChange={(event) => change({ contact_phone: event.target.value })}
      />
      <Field
        label={t.email}
        hint={esim ? t.emailHintEsim : t.emailHint}
        name="email"
        type="email"
        autoComplete="email"
        value={draft.email}
        error={faults.email}
        onChange={(event) => change({ email: event.target.value })}
      />
      <h2>{t.home}</h2>
      <HomeAddress draft={draft} change={change} faults={faults} />
      <Field
        label={t.referrer}
        name="referrer_code"
        autoComplete="off"
        value={draft.referrer_code}
        error={faults.referrer_code}
        onChange={(event) => change({ referrer_code: event.target.value })}
      />
    </section>
  );
}
