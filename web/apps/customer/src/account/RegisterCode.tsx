import { isProblem } from '@chonso/api';
import { useDraft } from '@chonso/app';
import { useLocale } from '@chonso/i18n';
import { Button, Note, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MessageSquareText } from 'lucide-react';
import { useEffect } from 'react';
import { CodeEntry } from '../proof/CodeEntry.tsx';
import { go, Link, useAddress } from '../router.tsx';
import { nextAddress } from '../shell/next.ts';
import { Page } from '../shell/Page.tsx';
import { entered } from '../shell/session.ts';
import { activate, resend } from './accounts.ts';
import { speak } from './languages.ts';
import { REGISTRATION } from './Register.tsx';
import { useAccountWords } from './words.ts';

/** Enter the code of the SMS (F1.9 to F1.12): the account opens, and the person goes on. */
export function RegisterCode() {
  const t = useAccountWords();
  const client = useQueryClient();
  const locale = useLocale();
  const { search, searchParams } = useAddress();
  const [draft, change, forget] = useDraft('register', REGISTRATION);
  const known = draft.registration_id !== '';
  useEffect(() => {
    if (!known) go(`/register${search}`, true);
  }, [known, search]);
  const sending = useMutation({
    mutationFn: async (code: string) => {
      await activate(draft.registration_id, code);
      forget();
      await entered(client);
      if (locale !== 'vi') void speak(locale).catch(() => undefined);
    },
    onSuccess: () => {
      toast(t.welcome);
      go(nextAddress(searchParams), true);
    },
  });
  return (
    <Page
      title={t.codeTitle}
      up={`/register${search}`}
      action={
        <Button kind="primary" large type="submit" form="code" busy={sending.isPending}>
          {t.activate}
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
          const resend_at = await resend(draft.registration_id);
          change({ resend_at });
          return resend_at;
        }}
      />
      {isProblem(sending.error, 'no-such-registration') && (
        <Button kind="quiet" onClick={() => go(`/register${search}`, true)}>
          {t.startAgain}
        </Button>
      )}
      <Note icon={<MessageSquareText size={18} aria-hidden="true" />}>
        {t.noCode} <Link href={`/login${search}`}>{t.signIn}</Link>
      </Note>
    </Page>
  );
}
