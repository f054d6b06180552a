import { useDraft } from '@chonso/app';
import { Button } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { go, Link, useAddress } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { nextAddress } from '../shell/next.ts';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import { entered, useMe } from '../shell/session.ts';
import { signIn } from './accounts.ts';
import { focusMistake, onSubmit, PhoneField, Secret } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** Sign in by phone and password (F1.13 to F1.18), then go on to where the person wanted to be. */
export function SignIn() {
  const t = useAccountWords();
  const me = useMe();
  const client = useQueryClient();
  const { search, searchParams } = useAddress();
  const form = useRef<HTMLFormElement>(null);
  const [draft, change, forget] = useDraft('sign-in', { phone: '' });
  const [password, setPassword] = useState('');
  const next = nextAddress(searchParams);
  const sending = useMutation({
    mutationFn: async () => {
      await signIn(draft.phone, password);
      forget();
      await entered(client);
    },
    onError: () => focusMistake(form.current),
  });
  useEffect(() => {
    if (me) go(next, true);
  }, [me, next]);
  const faults = useFaults()(sending.error);
  return (
    <Page
      title={t.signIn}
      up="/"
      lead={t.signInLead}
      action={
        <Button kind="primary" large type="submit" form="sign-in" busy={sending.isPending}>
          {t.signIn}
        </Button>
      }
    >
      <form
        id="sign-in"
        ref={form}
        className="stack"
        noValidate
        onSubmit={onSubmit(() => {
          if (!sending.isPending) sending.mutate();
        })}
      >
        <PhoneField value={draft.phone} error={faults.phone} onChange={(phone) => change({ phone })} />
        <Secret
          label={t.password}
          name="password"
          autoComplete="current-password"
          value={password}
          error={faults.password}
          onChange={setPassword}
        />
        <Refused error={Object.keys(faults).length ? null : sending.error} />
      </form>
      <nav className="others">
        <Link href={`/forgot${search}`}>{t.forgotten}</Link>
        <p>
          {t.noAccount} <Link href={`/register${search}`}>{t.register}</Link>
        </p>
      </nav>
    </Page>
  );
}
