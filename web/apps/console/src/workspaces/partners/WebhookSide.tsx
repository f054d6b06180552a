import { serverNow } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Note, Skeleton, toast } from '@chonso/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { words as shell } from '../../shell/words.ts';
import { DeliveryLog } from './DeliveryLog.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { StateOf } from './Webhooks.tsx';
import { useWebhook, useWebhooks, type Webhook } from './webhooks.ts';
import { words } from './words.ts';

type Props = { partnerId: string; webhookId: string };

/** One webhook: how it stands, its delivery log, and what can be done with it. */
export function WebhookSide({ partnerId, webhookId }: Props) {
  const reading = useWebhooks(partnerId);
  const webhook = reading.data?.items.find(({ webhook_id }) => webhook_id === webhookId);
  const { rotate, replay, ping, enable } = useWebhook(partnerId, webhookId);
  const [isRotating, setRotating] = useState(false);
  const [first, setFirst] = useState<number | null>(null);
  if (reading.isError && !reading.data) return <Failure error={reading.error} />;
  if (!webhook)
    return (
      <div className="side-h">
        <Skeleton />
        <Skeleton width="60%" />
      </div>
    );
  const isOn = webhook.state === 'ACTIVE';
  const switchTo = (on: boolean) =>
    enable.mutate(on, { onSuccess: () => toast(on ? words.started : words.stopped) });
  return (
    <>
      <header className="side-h">
        <p>
          <StateOf webhook={webhook} />
        </p>
        <b className="address">{webhook.url}</b>
      </header>
      <div className="side-b">
        <Facts webhook={webhook} />
        <div className="acts">
          <Button kind="quiet" busy={ping.isPending} onClick={() => ping.mutate()}>
            {words.ping}
          </Button>
          <Button kind="line" onClick={() => setRotating(true)}>
            {words.rotateHook}
          </Button>
          <Button kind={isOn ? 'refuse' : 'line'} busy={enable.isPending} onClick={() => switchTo(!isOn)}>
            {isOn ? words.stop : words.start}
          </Button>
        </div>
        <Pong ping={ping} />
        <Refused error={enable.error} />
        <DeliveryLog partnerId={partnerId} webhookId={webhookId} onReplay={setFirst} />
      </div>
      <footer className="side-f">
        <Button kind="primary" onClick={() => setFirst(webhook.cursor + 1)}>
          {words.replay}
        </Button>
      </footer>
      {first !== null && (
        <ReplayDialog partnerId={partnerId} first={first} replay={replay} onClose={() => setFirst(null)} />
      )}
      {isRotating && !rotate.data && (
        <Dialog
          title={words.rotateHookTitle}
          onClose={() => setRotating(false)}
          actions={
            <>
              <Button kind="line" onClick={() => setRotating(false)}>
                {shell.back}
              </Button>
              <Button kind="refuse" busy={rotate.isPending} onClick={() => rotate.mutate()}>
                {words.rotateHook}
              </Button>
            </>
          }
        >
          <p className="lead">{words.rotateHookLead}</p>
          <Refused error={rotate.error} />
        </Dialog>
      )}
      {isRotating && rotate.data && (
        <SecretDialog
          secret={rotate.data.secret}
          onClose={() => {
            setRotating(false);
            rotate.reset();
          }}
        />
      )}
    </>
  );
}

function Pong({ ping }: { ping: ReturnType<typeof useWebhook>['ping'] }) {
  if (ping.error) return <Refused error={ping.error} />;
  if (!ping.data) return null;
  const { delivered, status, error, took_ms } = ping.data;
  const Icon = delivered ? CircleCheck : CircleAlert;
  return (
    <Note kind={delivered ? 'good' : 'bad'} live icon={<Icon size={18} aria-hidden="true" />}>
      {status === null
        ? words.pingFailed(words.errors[error ?? ''] ?? error ?? '')
        : (delivered ? words.pinged : words.pingRefused)(status, took_ms)}
    </Note>
  );
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { because, failures, next_try_at, former_until, state } = webhook;
  const isBothSigning = former_until && Date.parse(former_until) > serverNow();
  const facts: [string, string | null | undefined][] = [
    [words.cursor, fmt.count(webhook.cursor)],
    [words.state, because && words.because[because]],
    [words.nextTry, failures > 0 && state === 'ACTIVE' ? fmt.time(next_try_at) : null],
    [words.former, isBothSigning ? fmt.time(former_until) : null],
    [words.publicKey, webhook.public_key],
  ];
  return (
    <dl className="facts-r">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
