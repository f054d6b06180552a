import { useDraft } from '@chonso/app';
import { Button, Field } from '@chonso/ui';
import { useNavigate } from '@tanstack/react-router';
import { Dialog } from '../../shell/Dialog.tsx';
import { Refused } from '../../shell/Failure.tsx';
import { faultsOf } from '../../shell/problems.ts';
import { useMe } from '../../shell/session.ts';
import { words as shell } from '../../shell/words.ts';
import { type NewChannel, useRegister } from './channels.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { TermsForm } from './TermsForm.tsx';
import { words } from './words.ts';

const BLANK: NewChannel = {
  client_id: '',
  channel_code: '',
  name: '',
  kind: 'COMMON',
  region: null,
  collects_fee: true,
  delivers: false,
  own_customers: false,
};

/** Register a channel; its secret is shown when that is done, this once. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const [home] = useMe().regions;
  const [form, change, forget] = useDraft<NewChannel>('channel', { ...BLANK, region: home ?? null });
  const navigate = useNavigate();
  const register = useRegister();
  const faults = faultsOf(register.error);
  const close = () => {
    forget();
    onClose();
    if (register.data) void navigate({ to: '/partners/$partnerId', params: { partnerId: register.data.id } });
  };
  if (register.data?.client_secret)
    return <SecretDialog secret={register.data.client_secret} onClose={close} />;
  return (
    <Dialog title={words.registerTitle} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          register.mutate(form);
        }}
      >
        <Field
          label={words.name}
          value={form.name}
          required
          maxLength={100}
          error={faults.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <div className="two">
          <Field
            label={words.code}
            value={form.channel_code}
            required
            pattern="[A-Z0-9]{3,32}"
            autoCapitalize="characters"
            hint={words.codeHint}
            error={faults.channel_code}
            onChange={(event) => change({ channel_code: event.target.value.toUpperCase() })}
          />
          <Field
            label={words.client}
            value={form.client_id}
            required
            pattern="[a-z0-9][a-z0-9\-]{2,63}"
            hint={words.clientHint}
            error={faults.client_id}
            onChange={(event) => change({ client_id: event.target.value.toLowerCase() })}
          />
        </div>
        <TermsForm
          terms={{
            kind: form.kind,
            region: form.region ?? null,
            collects_fee: form.collects_fee ?? false,
            delivers: form.delivers ?? false,
            own_customers: form.own_customers ?? false,
          }}
          onChange={change}
        />
        <Refused error={register.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={register.isPending}>
            {words.register}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
