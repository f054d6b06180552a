import './partners.css';
import { Segmented, Skeleton, State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Handshake } from 'lucide-react';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { ChannelList } from './ChannelList.tsx';
import { useChannels, useFunnels } from './channels.ts';
import { FunnelBars } from './FunnelBars.tsx';
import { words } from './words.ts';

const SPANS = [7, 30, 90] as const;

/** The desk of partners' managers: all channels, and how far their holds have come. */
export function Partners() {
  const { days = 30 } = useSearch({ strict: false }) as { days?: number };
  const navigate = useNavigate();
  const funnels = useFunnels(days);
  const { rows: channels, reading } = useChannels('');
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  const items = funnels.data?.items ?? [];
  const sold = items.filter(({ sold: { locked }, referred }) => locked + referred.locked > 0);
  return (
    <Workspace title={words.title} list={<ChannelList />}>
      <header className="part-h">
        <h2>{words.funnel}</h2>
        <Segmented
          legend={words.spans}
          value={String(days)}
          options={SPANS.map((span) => ({ value: String(span), name: words.span(span) }))}
          onChange={(value) =>
            void navigate({ to: '.', search: { days: Number(value) } as never, replace: true })
          }
        />
      </header>
      <Stale reading={funnels} />
      {funnels.isError && !funnels.data ? (
        <Failure error={funnels.error} retry={() => void funnels.refetch()} />
      ) : funnels.isPending ? (
        <div className="funnels" aria-busy="true">
          <Skeleton height={168} />
          <Skeleton height={168} />
        </div>
      ) : sold.length ? (
        <div className="funnels">
          {sold.map((funnel) => (
            <FunnelBars key={funnel.partner_id} funnel={funnel} name={names.get(funnel.partner_id)} />
          ))}
        </div>
      ) : reading.isSuccess && !channels.length ? (
        <State icon={<Handshake size={30} aria-hidden="true" />} title={words.noChannels}>
          {words.noChannelsText}
        </State>
      ) : (
        <State icon={<Handshake size={30} aria-hidden="true" />} title={words.noSales}>
          {words.noSalesText}
        </State>
      )}
    </Workspace>
  );
}
