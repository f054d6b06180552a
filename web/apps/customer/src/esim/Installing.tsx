import { outsideIsSimulated } from '@chonso/app';
import { useLocale } from '@chonso/i18n';
import { Button, Note, Skeleton, State, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Hourglass, LifeBuoy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Journey } from '../activation/journey.ts';
import { Trouble, Unreadable } from '../activation/Trouble.tsx';
import { Page } from '../shell/Page.tsx';
import { askForNewCode, type Card, deviceOf, sayScanned, useCard } from './esim.ts';
import { ScanFailed } from './ScanFailed.tsx';
import { Ways } from './Ways.tsx';
import { useEsimWords } from './words.ts';

/** A code waits for a phone: the ways to install it, and the two buttons of the slip (F5b.14). */
export function Installing({ journey, email }: { journey: Journey; email: string | null }) {
  const t = useEsimWords();
  const client = useQueryClient();
  const { holdId } = journey;
  const [failing, setFailing] = useState(false);
  const [awaited, setAwaited] = useState<string | null>(null);
  const card = useCard(holdId, awaited !== null, true);
  const worked = useMutation({ mutationFn: () => sayScanned(client, holdId, null) });
  const renewing = useMutation({
    mutationFn: () => askForNewCode(holdId),
    onSuccess: () => setAwaited(card.data?.profile_id ?? ''),
  });
  useRenewed(card.data, awaited, () => {
    setAwaited(null);
    toast(t.reissued);
  });
  const hasFailed = journey.activation?.status === 'ESIM_INSTALL_FAILED';
  const isRenewing = renewing.isPending || awaited !== null;
  const link = card.data && linkOf(card.data);
  return (
    <Page
      title={t.title}
      up={`/holds/${holdId}`}
      lead={card.data ? t.lead : undefined}
      action={
        link && !hasFailed ? (
          <a className="btn btn-primary btn-lg" href={link} rel="noopener">
            {t.install}
          </a>
        ) : undefined
      }
    >
      {hasFailed && <Help card={card.data ?? null} busy={isRenewing} onRenew={() => renewing.mutate()} />}
      <Trouble error={renewing.error ?? worked.error} />
      {card.isPending && <Skeleton height={420} />}
      {card.isError && !card.data && <Unreadable error={card.error} retry={() => void card.refetch()} />}
      {card.data === null && (
        <State icon={<Hourglass size={32} aria-hidden="true" />} title={t.noCode}>
          {t.noCodeText}
        </State>
      )}
      {card.data && (
        <>
          {outsideIsSimulated() && (
            <div className="others">
              <a
                href={`/sim/mail${email ? `?to=${encodeURIComponent(email)}` : ''}`}
                target="_blank"
                rel="noopener"
              >
                {t.mail}
              </a>
            </div>
          )}
          <Ways holdId={holdId} card={card.data} />
          <section className="stack" aria-labelledby="ask">
            <h2 id="ask">{t.ask}</h2>
            <div className="two">
              <Button kind="quiet" busy={worked.isPending} onClick={() => worked.mutate()}>
                {t.worked}
              </Button>
              <Button kind="refuse" onClick={() => setFailing(true)}>
                {t.failed}
              </Button>
            </div>
          </section>
        </>
      )}
      {failing && <ScanFailed holdId={holdId} onClose={() => setFailing(false)} />}
    </Page>
  );
}

/** The link that suits this phone; Android's and iOS's differ, a computer has none. */
function linkOf(card: Card): string | undefined {
  const device = deviceOf(navigator.userAgent);
  return device === 'other' ? undefined : card.install_links[device];
}

/** Call back when another profile than the awaited-for old one is there. */
function useRenewed(card: Card | null | undefined, old: string | null, onRenewed: () => void): void {
  const told = useRef(onRenewed);
  told.current = onRenewed;
  const id = card?.profile_id;
  useEffect(() => {
    if (old !== null && id && id !== old) told.current();
  }, [id, old]);
}

type HelpProps = { card: Card | null; busy: boolean; onRenew: () => void };

function Help({ card, busy, onRenew }: HelpProps) {
  const t = useEsimWords();
  const locale = useLocale();
  const words = locale === 'en' ? card?.help_en : card?.help_vi;
  return (
    <Note kind="warn" icon={<LifeBuoy size={18} aria-hidden="true" />} live>
      <b>{t.help}</b>
      {words && <p>{words}</p>}
      <Button kind="line" className="note-act" busy={busy} onClick={onRenew}>
        {busy ? t.reissuing : t.reissue}
      </Button>
    </Note>
  );
}
