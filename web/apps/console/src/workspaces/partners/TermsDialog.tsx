import { Button, Field, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { faultsOf } from '../../shell/problems.ts';
import { words as shell } from '../../shell/words.ts';
import { type Channel, useChangeChannel } from './channels.ts';
import { TermsForm } from './TermsForm.tsx';
import { words } from './words.ts';

/** Change name and terms of a channel. */
export function TermsDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { name, kind, region, collects_fee, delivers, own_customers } = channel;
  const [form, setForm] = useState({ name, kind, region, collects_fee, delivers, own_customers });
  const change = useChangeChannel(channel.id);
  const faults = faultsOf(change.error);
  return (
    <Dialog title={words.edit} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { ...form, new_secret: false },
            {
              onSuccess: () => {
                toast(words.saved);
                onClose();
              },
            },
          );
        }}
      >
        <Field
          label={words.name}
          value={form.name}
          required
          maxLength={100}
          error={faults.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
        <TermsForm terms={form} onChange={(changes) => setForm({ ...form, ...changes })} />
        <Refused error={change.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={change.isPending}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
