import { Skeleton } from '@chonso/ui';
import { Link, useParams } from '@tanstack/react-router';
import { Plus, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { Failure } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { useChannels } from './channels.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { words } from './words.ts';

/** The column of the channels that this manager looks after, with search and the way to register one. */
export function ChannelList() {
  const [q, setQ] = useState('');
  const [isRegistering, setRegistering] = useState(false);
  const find = useRef<HTMLInputElement>(null);
  const { reading, rows, onEnd } = useChannels(q.trim());
  const { partnerId } = useParams({ strict: false }) as { partnerId?: string };
  useKeys(words.title, [
    { key: '/', name: words.keys.find, run: () => find.current?.focus() },
    { key: 'n', name: words.keys.register, run: () => setRegistering(true) },
  ]);
  return (
    <nav className="channels-nav" aria-label={words.channels}>
      <div className="channels-h">
        <label className="find-in">
          <Search size={15} aria-hidden="true" />
          <input
            ref={find}
            type="search"
            aria-label={words.find}
            placeholder={words.findShort}
            value={q}
            maxLength={100}
            onChange={(event) => setQ(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="round"
          aria-label={words.register}
          onClick={() => setRegistering(true)}
        >
          <Plus size={18} aria-hidden="true" />
        </button>
      </div>
      {reading.isError && !rows.length ? (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      ) : (
        <div
          className="channels"
          aria-busy={reading.isPending || undefined}
          onScroll={({ currentTarget: box }) => {
            if (box.scrollHeight - box.scrollTop - box.clientHeight < 400) onEnd?.();
          }}
        >
          {reading.isPending && [72, 58, 80, 64].map((width) => <Waiting key={width} width={width} />)}
          {rows.map((channel) => (
            <Link
              key={channel.id}
              to="/partners/$partnerId"
              params={{ partnerId: channel.id }}
              className="channel"
              aria-current={channel.id === partnerId ? 'page' : undefined}
              activeProps={{}}
            >
              <b>{channel.name}</b>
              <small>
                {channel.channel_code} · {channel.region ?? words.wholeCountry}
              </small>
              {!channel.active && <em>{words.closed}</em>}
            </Link>
          ))}
          {!reading.isPending && !rows.length && (
            <p className="channels-none">{q ? words.noMatch : words.noChannels}</p>
          )}
        </div>
      )}
      {isRegistering && <RegisterDialog onClose={() => setRegistering(false)} />}
    </nav>
  );
}

function Waiting({ width }: { width: number }) {
  return (
    <span className="channel">
      <Skeleton width={`${width}%`} />
      <Skeleton width="45%" height={12} />
    </span>
  );
}
