import { isProblem } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { Button, toast } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { go, useAddress } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults, useProblemText } from '../shell/problems.ts';
import { choosePassword } from './accounts.ts';
import { RESET } from './Forgot.tsx';
import { focusMistake, onSubmit, Secret } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** Choose the new password, typed twice (F2.7 to F2.11), then sign in with it. */
export function NewPassword() {
  const t = useAccountWords();
  const text = useProblemText();
  const { search } = useAddress();
  const form = useRef<HTMLFormElement>(null);
  const [draft, , forgetDraft] = useDraft('reset', RESET);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { reset_id, reset_token } = draft;
  useEffect(() => {
    if (!reset_token) go(`/forgot${search}`, true);
  }, [reset_token, search]);
  const sending = useMutation({
    mutationFn: () => choosePassword(reset_id, { reset_token, password, password_again: again }),
    onSuccess: () => {
      forgetDraft();
      toast(t.passwordSaved);
      go(`/login${search}`, true);
    },
    onError: () => focusMistake(form.current),
  });
  const faults = useFaults()(sending.error);
  const differ = isProblem(sending.error, 'passwords-differ') ? text(sending.error) : undefined;
  const isOver = isProblem(sending.error, 'reset-over', 'no-such-reset');
  return (
    <Page
      title={t.newPasswordTitle}
      up={`/forgot${search}`}
      lead={t.newPasswordLead}
      action={
        <Button kind="primary" large type="submit" form="new-password" busy={sending.isPending}>
          {t.savePassword}
        </Button>
      }
    >
      <form
        id="new-password"
        ref={form}
        className="stack"
        noValidate
        onSubmit={onSubmit(() => {
          if (!sending.isPending) sending.mutate();
        })}
      >
        <input type="hidden" name="username" autoComplete="username" value={draft.phone} />
        <Secret
          label={t.newPassword}
          hint={t.passwordHint}
          name="password"
          autoComplete="new-password"
          value={password}
          error={faults.password}
          onChange={setPassword}
        />
        <Secret
          label={t.newPasswordAgain}
          name="password_again"
          autoComplete="new-password"
          value={again}
          error={faults.password_again ?? differ}
          onChange={setAgain}
        />
        <Refused error={differ || Object.keys(faults).length ? null : sending.error} />
      </form>
      {isOver && (
        <Button kind="quiet" onClick={() => go(`/forgot${search}`, true)}>
          {t.startAgain}
        </Button>
      )}
    </Page>
  );
}
