import { isProblem } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { Button, Note } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import { useEffect } from 'react';
import { CodeEntry } from '../proof/CodeEntry.tsx';
import { go, Link, useAddress } from '../router.tsx';
import { Page } from '../shell/Page.tsx';
import { forget, proveReset } from './accounts.ts';
import { RESET } from './Forgot.tsx';
import { useAccountWords } from './words.ts';

/** Enter the code of the SMS to be let choose a new password (F2.4 to F2.7). */
export function ForgotCode() {
  const t = useAccountWords();
  const { search } = useAddress();
  const [draft, change] = useDraft('reset', RESET);
  const known = draft.reset_id !== '';
  useEffect(() => {
    if (!known) go(`/forgot${search}`, true);
  }, [known, search]);
  const sending = useMutation({
    mutationFn: (code: string) => proveReset(draft.reset_id, code),
    onSuccess: (reset_token) => {
      change({ reset_token });
      go(`/forgot/password${search}`, true);
    },
  });
  return (
    <Page
      title={t.codeTitle}
      up={`/forgot${search}`}
      action={
        <Button kind="primary" large type="submit" form="code" busy={sending.isPending}>
          {t.proceed}
        </Button>
      }
    >
      <CodeEntry
        id="code"
        phone={draft.phone}
        resendAt={draft.resend_at}
        error={sending.error}
        onCode={(code) => {
          if (!sending.isPending) sending.mutate(code);
        }}
        resend={async () => {
          const reset = await forget(draft.phone);
          change(reset);
          return reset.resend_at;
        }}
      />
      {isProblem(sending.error, 'no-such-reset') && (
        <Button kind="quiet" onClick={() => go(`/forgot${search}`, true)}>
          {t.startAgain}
        </Button>
      )}
      <Note icon={<MessageSquareText size={18} aria-hidden="true" />}>
        {t.noResetCode} <Link href={`/register${search}`}>{t.register}</Link>
      </Note>
    </Page>
  );
}
