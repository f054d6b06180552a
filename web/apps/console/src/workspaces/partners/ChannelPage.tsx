import './partners.css';
import { Skeleton } from '@chonso/ui';
import { useParams, useSearch } from '@tanstack/react-router';
import { Tabs } from '../../lists/Tabs.tsx';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { sayProblems } from '../../shell/problems.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { ChannelList } from './ChannelList.tsx';
import { useChannel } from './channels.ts';
import { EventSide, Feed } from './Feed.tsx';
import type { ChannelSearch } from './routes.tsx';
import { TermsPage } from './TermsPage.tsx';
import { WebhookSide } from './WebhookSide.tsx';
import { Webhooks } from './Webhooks.tsx';
import { problems, words } from './words.ts';

sayProblems(problems);

/** One channel: its terms and secret, its webhooks, its list of events. */
export function ChannelPage() {
  const { partnerId } = useParams({ strict: false }) as { partnerId: string };
  const search = useSearch({ strict: false }) as ChannelSearch;
  const reading = useChannel(partnerId);
  const channel = reading.data;
  const side =
    search.tab === 'webhooks' && search.webhook ? (
      <WebhookSide key={search.webhook} partnerId={partnerId} webhookId={search.webhook} />
    ) : search.tab === 'events' && search.event ? (
      <EventSide partnerId={partnerId} number={search.event} />
    ) : undefined;
  const tabs = [
    { name: words.tabs.terms, search: {}, current: !search.tab },
    { name: words.tabs.webhooks, search: { tab: 'webhooks' }, current: search.tab === 'webhooks' },
    { name: words.tabs.events, search: { tab: 'events' }, current: search.tab === 'events' },
  ];
  return (
    <Workspace title={words.title} list={<ChannelList />} side={side}>
      {reading.isError && !channel ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <>
          <header className="part-h">
            {channel?.id === partnerId ? (
              <h2>
                {channel.name} {!channel.active && <em className="tag">{words.closed}</em>}
              </h2>
            ) : (
              <h2>
                <Skeleton width={220} height={22} />
              </h2>
            )}
          </header>
          <Tabs label={words.tabs.channel} tabs={tabs} />
          <Stale reading={reading} />
          {channel?.id === partnerId && !search.tab && <TermsPage key={partnerId} channel={channel} />}
          {search.tab === 'webhooks' && <Webhooks partnerId={partnerId} selected={search.webhook} />}
          {search.tab === 'events' && <Feed partnerId={partnerId} selected={search.event} />}
        </>
      )}
    </Workspace>
  );
}
