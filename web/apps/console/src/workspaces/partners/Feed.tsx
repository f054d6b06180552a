import { fmt } from '@chonso/i18n';
import { Button, Skeleton, State } from '@chonso/ui';
import { useNavigate } from '@tanstack/react-router';
import { Rss } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { type FeedEvent, useFeed } from './webhooks.ts';
import { words } from './words.ts';

const PAGE = 50;
const said = (event: FeedEvent, name: string): string => String(event.data[name] ?? '');

const COLUMNS: readonly Column<FeedEvent>[] = [
  {
    key: 'number',
    title: words.number,
    width: '48px',
    cell: ({ sequence }) => <b className="t-code">{sequence}</b>,
  },
  {
    key: 'what',
    title: words.what,
    width: 'minmax(130px, 1fr)',
    cell: ({ type }) => <span className="t-strong">{words.types[type] ?? type}</span>,
  },
  { key: 'hold', title: words.hold, width: '126px', cell: (event) => said(event, 'hold_code') || '–' },
  {
    key: 'role',
    title: words.role,
    width: '76px',
    cell: (event) => words.roles[said(event, 'your_role')] ?? '–',
  },
  { key: 'at', title: words.at, width: '76px', align: 'end', cell: ({ timestamp }) => fmt.day(timestamp) },
];

/** A channel's list of events as its partner reads it, newest at the end; looking moves no cursor. */
export function Feed({ partnerId, selected }: { partnerId: string; selected: number | undefined }) {
  const [after, setAfter] = useState<number | null>(null);
  const reading = useFeed(partnerId, after);
  const navigate = useNavigate();
  const feed = reading.data;
  if (reading.isError && !feed) return <Failure error={reading.error} retry={() => void reading.refetch()} />;
  const begin = feed?.items[0]?.sequence ?? 0;
  return (
    <>
      <div className="filters">
        {feed && feed.newest > 0 && <p className="t-soft">{words.feedText(feed.oldest, feed.newest)}</p>}
        <span className="end">
          <Button
            kind="line"
            disabled={!feed || begin - 1 <= feed.oldest}
            onClick={() => feed && setAfter(Math.max(feed.oldest, begin - 1 - PAGE))}
          >
            {words.older}
          </Button>
          <Button
            kind="line"
            disabled={!feed || feed.next >= feed.newest}
            onClick={() => feed && setAfter(feed.next)}
          >
            {words.newer}
          </Button>
          <Button kind="quiet" onClick={() => (after === null ? void reading.refetch() : setAfter(null))}>
            {words.newest}
          </Button>
        </span>
      </div>
      <DataTable
        label={words.feed}
        columns={COLUMNS}
        rows={[...(feed?.items ?? [])].reverse()}
        keyOf={({ sequence }) => String(sequence)}
        nameOf={({ sequence, type }) => `${words.event} ${sequence}: ${words.types[type] ?? type}`}
        selected={selected === undefined ? undefined : String(selected)}
        onSelect={({ sequence }) =>
          void navigate({ to: '.', search: { tab: 'events', event: sequence } as never, replace: !!selected })
        }
        loading={reading.isPending}
        empty={
          <State icon={<Rss size={30} aria-hidden="true" />} title={words.noEvents}>
            {words.noEventsText}
          </State>
        }
      />
    </>
  );
}

/** One event of the list, with all that its partner is told. */
export function EventSide({ partnerId, number }: { partnerId: string; number: number }) {
  const reading = useFeed(partnerId, number - 1);
  const event = reading.data?.items.find(({ sequence }) => sequence === number);
  if (reading.isError) return <Failure error={reading.error} />;
  if (!event)
    return (
      <div className="side-h">
        <Skeleton />
        <Skeleton width="60%" />
      </div>
    );
  const holdId = said(event, 'hold_id');
  return (
    <>
      <header className="side-h">
        <p>
          {words.event} {event.sequence} · {fmt.time(event.timestamp)}
        </p>
        <b>{words.types[event.type] ?? event.type}</b>
      </header>
      <div className="side-b">
        <section aria-label={words.content}>
          <pre className="told">{JSON.stringify(event, null, 2)}</pre>
        </section>
        {holdId && <JourneyLink holdId={holdId} />}
      </div>
    </>
  );
}
