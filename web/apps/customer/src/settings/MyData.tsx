import { api, type Schemas, send } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Skeleton } from '@chonso/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Failure, Stale } from '../shell/Failure.tsx';
import { useGuard } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import type { Me } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { useContact } from './profile.ts';
import { useSettingsWords } from './words.ts';

type Signed = Schemas['activation.MyActivation'] & { signed_at: string };

/** What the suite knows about the person, where messages go, and what was agreed to by signature (LAW15). */
export function MyData() {
  const t = useSettingsWords();
  const { me, failure } = useGuard();
  return (
    <Page title={t.dataTitle} up="/account" tabs lead={t.dataLead} busy={!me && !failure}>
      {failure}
      {me && <Known me={me} />}
      {me && <Addresses />}
      {!me && !failure && <Skeleton height={196} />}
    </Page>
  );
}

function Known({ me }: { me: Me }) {
  const t = useSettingsWords();
  return (
    <section className="group">
      <h2>{t.known}</h2>
      <dl className="list facts-l">
        <Fact name={t.fullName} text={me.full_name} />
        <Fact name={t.phone} text={fmt.phone(me.phone)} />
        <Fact name={t.email} text={me.email} />
      </dl>
    </section>
  );
}

/** Where messages go, and below it the consents: they come second, so that nothing moves. */
function Addresses() {
  const t = useSettingsWords();
  const contact = useContact();
  return (
    <>
      <section className="group">
        <h2>{t.contacts}</h2>
        {contact.isPending && <Skeleton height={170} />}
        {contact.isError && !contact.data && (
          <Failure error={contact.error} retry={() => void contact.refetch()} />
        )}
        {contact.data && (
          <dl className="list facts-l">
            <Fact name={t.sms} text={contact.data.phone && fmt.phone(contact.data.phone)} />
            <Fact name={t.email} text={contact.data.email} />
            <Fact name={t.messageLanguage} text={t.languages[contact.data.locale]} />
          </dl>
        )}
      </section>
      {!contact.isPending && <Consents />}
    </>
  );
}

function Fact({ name, text }: { name: string; text: string | null }) {
  const t = useSettingsWords();
  return (
    <div className="row">
      <dt>{name}</dt>
      <dd>{text ?? t.notGiven}</dd>
    </div>
  );
}

function Consents() {
  const t = useSettingsWords();
  const shell = useShellWords();
  const consents = useInfiniteQuery({
    queryKey: ['consents'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      send(
        api.GET('/api/activation/v1/activations', {
          signal,
          params: { query: { ...(pageParam && { after: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const signed = (consents.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((item): item is Signed => item.signed_at !== null);
  return (
    <section className="group">
      <h2>{t.consents}</h2>
      <Stale reading={consents} />
      {consents.isPending && <Skeleton height={128} />}
      {consents.isError && !consents.data && (
        <Failure error={consents.error} retry={() => void consents.refetch()} />
      )}
      {consents.data && !signed.length && <p className="lead">{t.noConsents}</p>}
      {signed.length > 0 && (
        <ul className="list">
          {signed.map((dossier) => (
            <li key={dossier.hold_id}>
              <Dossier dossier={dossier} />
            </li>
          ))}
        </ul>
      )}
      {consents.hasNextPage && (
        <Button kind="line" busy={consents.isFetchingNextPage} onClick={() => void consents.fetchNextPage()}>
          {shell.more}
        </Button>
      )}
    </section>
  );
}

function Dossier({ dossier }: { dossier: Signed }) {
  const t = useSettingsWords();
  return (
    <div className="row consent">
      <b>{dossier.msisdn ? fmt.phone(dossier.msisdn) : t.aNumber}</b>
      <small>{t.signedAt(fmt.time(dossier.signed_at))}</small>
      <ul>
        {dossier.consents.map((consent) => (
          <li key={consent}>
            <Check size={16} aria-hidden="true" /> {t.consent[consent] ?? consent}
          </li>
        ))}
      </ul>
    </div>
  );
}
