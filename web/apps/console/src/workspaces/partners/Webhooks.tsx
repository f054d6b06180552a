import { fmt } from '@chonso/i18n';
import { Button, Field, State } from '@chonso/ui';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Webhook as Sign } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Dialog } from '../../shell/Dialog.tsx';
import { Failure, Refused, Stale } from '../../shell/Failure.tsx';
import { words as shell } from '../../shell/words.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { useCreateWebhook, useWebhooks, type Webhook } from './webhooks.ts';
import { words } from './words.ts';

export function StateOf({ webhook }: { webhook: Webhook }) {
  const { state, failures } = webhook;
  if (state === 'DISABLED') return <span className="dot is-off">{words.states.DISABLED}</span>;
  if (failures > 0) return <span className="dot is-bad">{words.failing(failures)}</span>;
  return <span className="dot is-good">{words.states.ACTIVE}</span>;
}

const COLUMNS: readonly Column<Webhook>[] = [
  {
    key: 'url',
    title: words.address,
    width: 'minmax(150px, 1fr)',
    cell: ({ url }) => (
      <span className="t-strong" title={url}>
        {url.replace('https://', '')}
      </span>
    ),
  },
  { key: 'state', title: words.state, width: '132px', cell: (webhook) => <StateOf webhook={webhook} /> },
  {
    key: 'cursor',
    title: words.cursor,
    width: '84px',
    align: 'end',
    cell: ({ cursor }) => fmt.count(cursor),
  },
  {
    key: 'created',
    title: words.created,
    width: '84px',
    align: 'end',
    cell: ({ created_at }) => fmt.date(created_at),
  },
];

/** The webhooks of a channel; a row opens its detail and its delivery log. */
export function Webhooks({ partnerId, selected }: { partnerId: string; selected: string | undefined }) {
  const reading = useWebhooks(partnerId);
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  if (reading.isError && !reading.data)
    return <Failure error={reading.error} retry={() => void reading.refetch()} />;
  return (
    <>
      <div className="filters">
        <span className="end">
          <Button kind="quiet" onClick={() => setAdding(true)}>
            <Plus size={16} aria-hidden="true" /> {words.addWebhook}
          </Button>
        </span>
      </div>
      <Stale reading={reading} />
      <DataTable
        label={words.webhooks}
        columns={COLUMNS}
        rows={reading.data?.items ?? []}
        keyOf={({ webhook_id }) => webhook_id}
        nameOf={({ url }) => url}
        selected={selected}
        onSelect={({ webhook_id }) =>
          void navigate({
            to: '.',
            search: { tab: 'webhooks', webhook: webhook_id } as never,
            replace: !!selected,
          })
        }
        loading={reading.isPending}
        empty={
          <State icon={<Sign size={30} aria-hidden="true" />} title={words.noWebhooks}>
            {words.noWebhooksText}
          </State>
        }
      />
      {isAdding && <AddDialog partnerId={partnerId} onClose={() => setAdding(false)} />}
    </>
  );
}

function AddDialog({ partnerId, onClose }: { partnerId: string; onClose: () => void }) {
  const [url, setUrl] = useState('https://');
  const create = useCreateWebhook(partnerId);
  if (create.data) return <SecretDialog secret={create.data.secret} onClose={onClose} />;
  return (
    <Dialog title={words.addWebhook} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(url.trim());
        }}
      >
        <Field
          label={words.address}
          hint={words.addressHint}
          type="url"
          required
          maxLength={2000}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Refused error={create.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={create.isPending}>
            {words.addWebhook}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
