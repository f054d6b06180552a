import { useDraft } from '@chonso/app';
import { Button } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { go, useAddress } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import { forget } from './accounts.ts';
import { focusMistake, onSubmit, PhoneField } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** A forgotten password on its way to a new one, as this tab knows it. */
export const RESET = { phone: '', reset_id: '', resend_at: '', reset_token: '' };

/** Ask for a code to the phone of the account (F2.2, F2.3, G12). */
export function Forgot() {
  const t = useAccountWords();
  const { search } = useAddress();
  const form = useRef<HTMLFormElement>(null);
  const [draft, change] = useDraft('reset', RESET);
  const sending = useMutation({
    mutationFn: () => forget(draft.phone),
    onSuccess: (reset) => {
      change({ ...reset, reset_token: '' });
      go(`/forgot/code${search}`);
    },
    onError: () => focusMistake(form.current),
  });
  const faults = useFaults()(sending.error);
  return (
    <Page
      title={t.forgotTitle}
      up={`/login${search}`}
      lead={t.forgotLead}
      action={
        <Button kind="primary" large type="submit" form="forgot" busy={sending.isPending}>
          {t.sendCode}
        </Button>
      }
    >
      <form
        id="forgot"
        ref={form}
        className="stack"
        noValidate
        onSubmit={onSubmit(() => {
          if (!sending.isPending) sending.mutate();
        })}
      >
        <PhoneField value={draft.phone} error={faults.phone} onChange={(phone) => change({ phone })} />
        <Refused error={faults.phone ? null : sending.error} />
      </form>
    </Page>
  );
}
