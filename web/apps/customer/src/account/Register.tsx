import { useDraft } from '@chonso/app';
import { Button, Field } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { go, Link, useAddress } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import { register } from './accounts.ts';
import { focusMistake, onSubmit, PhoneField, Secret } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** A registration on its way, as this tab knows it; the password is not kept. */
export const REGISTRATION = { phone: '', full_name: '', registration_id: '', resend_at: '' };

/** Ask for an account (F1.3 to F1.8). */
export function Register() {
  const t = useAccountWords();
  const { search } = useAddress();
  const form = useRef<HTMLFormElement>(null);
  const [draft, change] = useDraft('register', REGISTRATION);
  const [password, setPassword] = useState('');
  const sending = useMutation({
    mutationFn: () => register({ phone: draft.phone, password, full_name: draft.full_name.trim() || null }),
    onSuccess: (registration) => {
      change(registration);
      go(`/register/code${search}`);
    },
    onError: () => focusMistake(form.current),
  });
  const faults = useFaults()(sending.error);
  return (
    <Page
      title={t.registerTitle}
      up="/login"
      lead={t.registerLead}
      action={
        <Button kind="primary" large type="submit" form="register" busy={sending.isPending}>
          {t.sendCode}
        </Button>
      }
    >
      <form
        id="register"
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
          hint={t.passwordHint}
          name="password"
          autoComplete="new-password"
          value={password}
          error={faults.password}
          onChange={setPassword}
        />
        <Field
          label={t.fullName}
          name="full_name"
          autoComplete="name"
          value={draft.full_name}
          error={faults.full_name}
          onChange={(event) => change({ full_name: event.target.value })}
        />
        <Refused error={Object.keys(faults).length ? null : sending.error} />
      </form>
      <nav className="others">
        <p>
          {t.haveAccount} <Link href={`/login${search}`}>{t.signIn}</Link>
        </p>
      </nav>
    </Page>
  );
}
