import { Button, Field, PasswordField, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { faultsOf } from '../../../shell/problems.ts';
import { words as shell } from '../../../shell/words.ts';
import { DutiesForm, type DutiesOf } from './DutiesForm.tsx';
import { useHire } from './members.ts';
import { words } from './words.ts';

type Props = { onClose: () => void; onHired: (staffId: string) => void };

/** Take on a member of staff. */
export function HireDialog({ onClose, onHired }: Props) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [duties, setDuties] = useState<DutiesOf>({ roles: [], regions: [], shop_code: null });
  const hire = useHire();
  const faults = faultsOf(hire.error);
  return (
    <Dialog title={words.hire} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          hire.mutate(
            { username, password, ...duties },
            {
              onSuccess: (member) => {
                toast(words.hired(username));
                onHired(member.id);
                onClose();
              },
            },
          );
        }}
      >
        <div className="two">
          <Field
            label={words.username}
            hint={words.usernameHint}
            error={faults.username}
            required
            pattern="[a-z0-9][a-z0-9._\-]{1,63}"
            autoComplete="off"
            autoCapitalize="none"
            value={username}
            onChange={(event) => setUsername(event.target.value.toLowerCase())}
          />
          <PasswordField
            label={words.password}
            hint={words.passwordHint}
            error={faults.password}
            show={words.show}
            hide={words.hide}
            autoComplete="new-password"
            required
            minLength={8}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <DutiesForm duties={duties} onChange={(changes) => setDuties({ ...duties, ...changes })} />
        <Refused error={hire.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="primary" type="submit" busy={hire.isPending} disabled={!duties.roles.length}>
            {words.hire}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
