import { Button, PasswordField, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { faultsOf } from '../../../shell/problems.ts';
import { useHasRole } from '../../../shell/session.ts';
import { words as shell } from '../../../shell/words.ts';
import { DutiesForm } from './DutiesForm.tsx';
import { type Member, useChange } from './members.ts';
import { words } from './words.ts';

/** One member of staff: their duties to change, their password to reset, and the way out. */
export function Duties({ member }: { member: Member }) {
  const { username, active } = member;
  const [duties, setDuties] = useState({
    roles: member.roles,
    regions: member.regions,
    shop_code: member.shop_code,
  });
  const [asking, setAsking] = useState<'reset' | 'dismiss' | null>(null);
  const change = useChange(member.id);
  const isAdmin = useHasRole('admin');
  const isChanged =
    String([...duties.roles].sort()) !== String([...member.roles].sort()) ||
    String([...duties.regions].sort()) !== String([...member.regions].sort()) ||
    duties.shop_code !== member.shop_code;
  const takeBack = () => change.mutate({ active: true }, { onSuccess: () => toast(words.rehired(username)) });
  const save = () =>
    change.mutate(
      {
        roles: duties.roles,
        regions: duties.regions,
        ...(duties.shop_code && { shop_code: duties.shop_code }),
      },
      { onSuccess: () => toast(words.saved) },
    );
  return (
    <>
      <header className="side-h">
        <p>{active ? words.here : words.gone}</p>
        <b>{username}</b>
      </header>
      <div className="side-b">
        <DutiesForm
          duties={duties}
          disabled={!isAdmin || !active}
          onChange={(changes) => setDuties({ ...duties, ...changes })}
        />
        {isAdmin && active && (
          <div className="acts">
            <Button kind="line" onClick={() => setAsking('reset')}>
              {words.reset}
            </Button>
            <Button kind="refuse" onClick={() => setAsking('dismiss')}>
              {words.dismiss}
            </Button>
          </div>
        )}
        {!asking && <Refused error={change.error} />}
      </div>
      {isAdmin && (
        <footer className="side-f">
          {active ? (
            <Button
              kind="primary"
              busy={change.isPending}
              disabled={!isChanged || !duties.roles.length}
              onClick={save}
            >
              {words.save}
            </Button>
          ) : (
            <Button kind="primary" busy={change.isPending} onClick={takeBack}>
              {words.rehire}
            </Button>
          )}
        </footer>
      )}
      {asking === 'dismiss' && (
        <Dialog
          title={words.dismissTitle(username)}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button kind="line" onClick={() => setAsking(null)}>
                {shell.back}
              </Button>
              <Button
                kind="refuse"
                busy={change.isPending}
                onClick={() =>
                  change.mutate(
                    { active: false },
                    {
                      onSuccess: () => {
                        setAsking(null);
                        toast(words.dismissed(username), { name: words.undo, run: takeBack });
                      },
                    },
                  )
                }
              >
                {words.dismiss}
              </Button>
            </>
          }
        >
          <p className="lead">{words.dismissLead}</p>
          <Refused error={change.error} />
        </Dialog>
      )}
      {asking === 'reset' && (
        <ResetDialog username={username} change={change} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

type ResetProps = { username: string; change: ReturnType<typeof useChange>; onClose: () => void };

function ResetDialog({ username, change, onClose }: ResetProps) {
  const [password, setPassword] = useState('');
  return (
    <Dialog title={words.resetTitle(username)} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { password },
            {
              onSuccess: () => {
                toast(words.wasReset);
                onClose();
              },
            },
          );
        }}
      >
        <p className="lead">{words.resetLead}</p>
        <PasswordField
          label={words.newPassword}
          hint={words.passwordHint}
          error={faultsOf(change.error).password}
          show={words.show}
          hide={words.hide}
          autoComplete="new-password"
          required
          minLength={8}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Refused error={change.error} />
        <footer>
          <Button kind="line" onClick={onClose}>
            {shell.back}
          </Button>
          <Button kind="refuse" type="submit" busy={change.isPending}>
            {words.reset}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
