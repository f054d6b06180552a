import { fmt } from '@chonso/i18n';
import { Button, toast } from '@chonso/ui';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { words as shell } from '../../shell/words.ts';
import { type Channel, useChangeChannel, useFunnels } from './channels.ts';
import { Bars } from './FunnelBars.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { TermsDialog } from './TermsDialog.tsx';
import { words } from './words.ts';

const DAYS = 30;
type Asking = 'rotate' | 'close' | 'edit' | null;

/** The terms of a channel, the age of its secret, and how far its holds of the last days have come. */
export function TermsPage({ channel }: { channel: Channel }) {
  const [asking, setAsking] = useState<Asking>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const change = useChangeChannel(channel.id);
  const { data: funnels } = useFunnels(DAYS);
  const funnel = funnels?.items.find(({ partner_id }) => partner_id === channel.id);
  const ask = (what: Asking) => {
    change.reset();
    setAsking(what);
  };
  const rotate = () =>
    change.mutate(
      { new_secret: true },
      {
        onSuccess: ({ client_secret }) => {
          setAsking(null);
          setSecret(client_secret ?? null);
        },
      },
    );
  const open = (active: boolean) =>
    change.mutate(
      { active, new_secret: false },
      {
        onSuccess: () => {
          setAsking(null);
          toast(active ? words.openedNow(channel.channel_code) : words.closedNow(channel.channel_code));
        },
      },
    );
  return (
    <div className="sheets">
      <section className="sheet-w" aria-label={words.terms}>
        <Terms channel={channel} />
        <footer>
          <Button kind="quiet" onClick={() => ask('edit')}>
            {words.edit}
          </Button>
          {channel.active ? (
            <Button kind="refuse" onClick={() => ask('close')}>
              {words.close}
            </Button>
          ) : (
            <Button kind="line" busy={change.isPending} onClick={() => open(true)}>
              {words.reopen}
            </Button>
          )}
        </footer>
      </section>
      <section className="sheet-w" aria-label={words.secret}>
        <h3>
          <KeyRound size={17} aria-hidden="true" /> {words.secret}
        </h3>
        <p className="lead">{words.secretText}</p>
        <p className="t-soft">{words.secretSince(fmt.time(channel.secret_changed_at))}</p>
        <footer>
          <Button kind="line" disabled={!channel.active} onClick={() => ask('rotate')}>
            {words.rotate}
          </Button>
        </footer>
      </section>
      {funnel && funnel.sold.locked + funnel.referred.locked > 0 && (
        <section className="sheet-w is-wide" aria-label={words.funnel}>
          <h3>
            {words.funnel} <small>{words.span(DAYS)}</small>
          </h3>
          <div className="two">
            {funnel.sold.locked > 0 && <Bars title={words.sold} stages={funnel.sold} />}
            {funnel.referred.locked > 0 && <Bars title={words.referred} stages={funnel.referred} />}
          </div>
        </section>
      )}
      {asking === 'edit' && <TermsDialog channel={channel} onClose={() => setAsking(null)} />}
      {(asking === 'rotate' || asking === 'close') && (
        <Dialog
          title={(asking === 'rotate' ? words.rotateTitle : words.closeTitle)(channel.channel_code)}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button kind="line" onClick={() => setAsking(null)}>
                {shell.back}
              </Button>
              <Button
                kind="refuse"
                busy={change.isPending}
                onClick={() => (asking === 'rotate' ? rotate() : open(false))}
              >
                {asking === 'rotate' ? words.rotate : words.close}
              </Button>
            </>
          }
        >
          <p className="lead">{asking === 'rotate' ? words.rotateLead : words.closeLead}</p>
          <Refused error={change.error} />
        </Dialog>
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}

function Terms({ channel }: { channel: Channel }) {
  const yes = (is: boolean) => (is ? words.yes : words.no);
  const facts: [string, string][] = [
    [words.code, channel.channel_code],
    [words.client, channel.client_id],
    [words.kind, words.kinds[channel.kind]],
    [words.region, channel.region ?? words.wholeCountry],
    [words.collects, yes(channel.collects_fee)],
    [words.delivers, yes(channel.delivers)],
    [words.own, yes(channel.own_customers)],
    [words.since, fmt.date(channel.created_at)],
  ];
  return (
    <>
      <h3>{words.terms}</h3>
      <dl className="facts-r">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
