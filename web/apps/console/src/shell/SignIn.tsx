import { outsideIsSimulated } from '@chonso/app';
import { Arcs, Button, Field, PasswordField } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Dialog } from './Dialog.tsx';
import { Refused } from './Failure.tsx';
import { myName, signIn } from './session.ts';
import { words } from './words.ts';

const DEMO_PASSWORD = 'chonso-demo';
const DEMO_PEOPLE = [
  'osp1',
  'store1',
  'agent1',
  'officer1',
  'manager2',
  'partner1',
  'auditor1',
  'admin',
  'sre',
];

function SignInForm({ username: first, action }: { username: string; action: string }) {
  const client = useQueryClient();
  const [username, setUsername] = useState(first);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    await signIn(client, username.trim(), password).catch(setError);
    setBusy(false);
  };
  return (
    <form className="dlg-form" onSubmit={(event) => void submit(event)}>
      <Field
        label={words.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus={!first}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        required
        autoFocus={!!first}
        show={words.showPassword}
        hide={words.hidePassword}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Refused error={error} />
      <Button kind="primary" large type="submit" busy={busy}>
        {action}
      </Button>
      {outsideIsSimulated() && (
        <fieldset className="demo-people">
          <legend>{words.demoPeople}</legend>
          {DEMO_PEOPLE.map((name) => (
            <button
              key={name}
              type="button"
              className="chip"
              aria-pressed={name === username}
              onClick={() => {
                setUsername(name);
                setPassword(DEMO_PASSWORD);
              }}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
    </form>
  );
}

/** The sign-in of staff: the same address as what they wanted to see. */
export function SignIn() {
  return (
    <main className="entrance">
      <div className="entrance-card">
        <span className="entrance-mark">
          <Arcs size={34} />
        </span>
        <h1>
          {words.brand} <small>{words.console}</small>
        </h1>
        <p className="lead">{words.signInLead}</p>
        <SignInForm username={myName()} action={words.signIn} />
      </div>
    </main>
  );
}

/** The sign-in over a page whose session ended: the page stays as it is. */
export function SignInAgain() {
  return (
    <Dialog title={words.signInAgain} onClose={() => location.reload()}>
      <p className="lead">{words.signInAgainLead}</p>
      <SignInForm username={myName()} action={words.signIn} />
    </Dialog>
  );
}
