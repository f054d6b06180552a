import { isProblem } from '@chonso/api';
import { Button, Sheet, toast } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { focusMistake, onSubmit, Secret } from '../account/fields.tsx';
import { useAccountWords } from '../account/words.ts';
import { Link } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { useFaults, useProblemText } from '../shell/problems.ts';
import type { Me } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { changePassword } from './profile.ts';
import { useSettingsWords } from './words.ts';

/** Change the password by the present one; every other device is signed out. */
export function ChangePassword({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useSettingsWords();
  const account = useAccountWords();
  const shell = useShellWords();
  const text = useProblemText();
  const form = useRef<HTMLFormElement>(null);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const saving = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      toast(t.passwordChanged);
      onClose();
    },
    onError: () => focusMistake(form.current),
  });
  const faults = useFaults()(saving.error);
  const wrong = isProblem(saving.error, 'wrong-password') ? text(saving.error) : undefined;
  return (
    <Sheet title={t.password} close={shell.close} onClose={onClose}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={onSubmit(() => {
          if (!saving.isPending) saving.mutate();
        })}
      >
        <p className="lead">{t.passwordLead}</p>
        <input type="hidden" name="username" autoComplete="username" value={me.phone} />
        <Secret
          label={t.current}
          name="current"
          autoComplete="current-password"
          value={current}
          error={faults.current ?? wrong}
          onChange={setCurrent}
        />
        <Secret
          label={t.next}
          hint={account.passwordHint}
          name="password"
          autoComplete="new-password"
          value={next}
          error={faults.password}
          onChange={setNext}
        />
        <Refused error={wrong || Object.keys(faults).length ? null : saving.error} />
        <Button kind="primary" large type="submit" busy={saving.isPending}>
          {account.savePassword}
        </Button>
        <nav className="others">
          <Link href="/forgot?next=/account">{t.forgotten}</Link>
        </nav>
      </form>
    </Sheet>
  );
}
