import { fmt, useLocale } from '@chonso/i18n';
import { Button, Sheet, Skeleton, State } from '@chonso/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useEffect } from 'react';
import { back, go, useAddress } from '../router.tsx';
import { Failure, Stale } from '../shell/Failure.tsx';
import { useGuard } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { useShellWords } from '../shell/words.ts';
import { type Message, markRead, pageOf, useInbox } from './inbox.ts';
import { useInboxWords } from './words.ts';

const HOME = '/inbox';
const CHOSEN = 'tin';

/** The inbox (F5a.15, F5b.16): a message opens in a sheet, is read by that, and leads to its journey. */
export function InboxScreen() {
  const t = useInboxWords();
  const shell = useShellWords();
  const { me, failure } = useGuard();
  const { searchParams } = useAddress();
  const inbox = useInbox(!!me);
  const messages = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = messages.find(({ id }) => id === searchParams.get(CHOSEN));
  return (
    <Page title={t.title} up="/account" tabs busy={!failure && inbox.isPending}>
      <Stale reading={inbox} />
      {failure}
      {!failure && inbox.isPending && <Waiting />}
      {inbox.isError && !inbox.data && <Failure error={inbox.error} retry={() => void inbox.refetch()} />}
      {inbox.data && !messages.length && <Nothing />}
      {messages.length > 0 && (
        <>
          <p className="inbox-n" aria-live="polite">
            {t.unreadCount(inbox.data?.pages[0]?.unread ?? 0)}
          </p>
          <ul className="list">
            {messages.map((message) => (
              <li key={message.id}>
                <Row message={message} />
              </li>
            ))}
          </ul>
        </>
      )}
      {inbox.hasNextPage && (
        <p className="more">
          <Button kind="line" busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {shell.more}
          </Button>
        </p>
      )}
      {chosen && <Opened message={chosen} />}
    </Page>
  );
}

function Row({ message }: { message: Message }) {
  const t = useInboxWords();
  return (
    <button
      type="button"
      className="row mail"
      data-unread={message.read_at === null}
      onClick={() => go(`${HOME}?${CHOSEN}=${message.id}`)}
    >
      <b>
        {message.read_at === null && <span className="sr">{t.unread}: </span>}
        {message.title}
      </b>
      <small>
        <time dateTime={message.sent_at}>{fmt.day(message.sent_at)}</time>
      </small>
      <small className="mail-b">{message.body}</small>
    </button>
  );
}

function Opened({ message }: { message: Message }) {
  const t = useInboxWords();
  const shell = useShellWords();
  const locale = useLocale();
  const client = useQueryClient();
  useEffect(() => void markRead(client, locale, message), [client, locale, message]);
  const { link } = message;
  return (
    <Sheet title={message.title} close={shell.close} onClose={() => back(HOME)}>
      <p className="mail-at">
        <time dateTime={message.sent_at}>{fmt.time(message.sent_at)}</time>
      </p>
      {message.body.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph} className="mail-p">
          {paragraph}
        </p>
      ))}
      {link && (
        <Button kind="primary" large onClick={() => go(link, true)}>
          {t.open[pageOf(link)]}
        </Button>
      )}
      {message.template === 'password_changed' && (
        <Button kind="primary" large onClick={() => go('/forgot', true)}>
          {t.resetPassword}
        </Button>
      )}
    </Sheet>
  );
}

function Nothing() {
  const t = useInboxWords();
  return (
    <State
      icon={<Mail size={32} aria-hidden="true" />}
      title={t.empty}
      action={
        <Button kind="quiet" onClick={() => go('/')}>
          {t.toSearch}
        </Button>
      }
    >
      {t.emptyText}
    </State>
  );
}

function Waiting() {
  return (
    <>
      <Skeleton width={120} height={20} />
      <ul className="list">
        {Array.from({ length: 6 }, (_, i) => (
          <li key={i} className="row mail">
            <Skeleton width="70%" height={20} />
            <Skeleton width={96} height={18} />
            <span className="mail-b">
              <Skeleton width="92%" height={18} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
